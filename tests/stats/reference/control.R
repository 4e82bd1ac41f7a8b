source("table.R")
# qicharts2's formulas (Anhoej): i: 2.66 mean moving range; c; u; u' (Laney 2002).
limits <- function(kind, y, e, base) {
  b <- seq_len(base); v <- if (kind %in% c("u", "laney_u")) y / e else y
  if (kind == "xmr") { m <- mean(v[b]); s <- rep(2.66 / 3 * mean(abs(diff(v[b]))), length(v)) }
  if (kind == "c") { m <- mean(v[b]); s <- rep(sqrt(m), length(v)) }
  if (kind %in% c("u", "laney_u")) {
    m <- sum(y[b]) / sum(e[b]); s <- sqrt(m / e)
    if (kind == "laney_u") s <- s * mean(abs(diff(((v - m) / s)[b]))) / 1.128
  }
  list(mean = m, lower = pmax(0, m - 3 * s), upper = m + 3 * s)
}
table_of("control.test", c("Mean and limits of control charts; limits drawn from the first 'baseline' months."), function() {
  y <- draw(calendar(2013, 1, 24), 36, -0.2, 40); e <- round(runif(24, 900, 2100))
  for (kind in c("xmr", "c", "u", "laney_u")) for (base in c(12, 24))
    block("control_chart", list(kind = kind, baseline = base, counts = y, exposures = e), limits(kind, y, e, base))
  y <- draw(calendar(2013, 1, 36), 5, 0, 2); e <- rep(1, 36)
  for (kind in c("xmr", "c", "laney_u"))
    block("control_chart", list(kind = kind, baseline = 20, counts = y, exposures = e), limits(kind, y, e, 20))
})
