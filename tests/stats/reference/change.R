source("table.R")
# P(X > x) + P(X = x)/2; by the beta function, so x and n may be divided by the dispersion.
upper <- function(x, n, p) {
  at_least <- if (x <= 0) 1 else pbeta(p, x, n - x + 1)
  above <- if (x >= n) 0 else pbeta(p, x + 1, n - x)
  (at_least + above) / 2
}
# Scanned on the log odds, where the tail is smooth, and without the exact limits as brackets.
limit <- function(x, n, tail) {
  if (x <= 0 && tail < 0.5) return(0)
  if (x >= n && tail > 0.5) return(Inf)
  exp(uniroot(function(l) upper(x, n, plogis(l)) - tail, c(-60, 60), tol = 1e-14, maxiter = 5000)$root)
}
case <- function(before, now, eb = 1, en = 1, phi = 1, level = 0.95) {
  r <- en / eb; x <- now / phi; n <- (now + before) / phi; tail <- (1 - level) / 2
  above <- upper(x, n, r / (1 + r))
  input <- list(before = before, now = now, exposures = c(eb, en), dispersion = phi, level = level)
  out <- list(ratio = now / before / r, interval = c(limit(x, n, tail), limit(x, n, 1 - tail)) / r,
              mid_p = min(1, 2 * min(above, 1 - above)))
  # R lists every outcome, so its p is out of reach for millions.
  if (phi == 1 && n < 1e6) out$p <- poisson.test(c(now, before), c(en, eb))$p.value
  block("compare_counts", input, out, 1e-8)
}
table_of("change.test", c("Two counts compared: exact conditional test (poisson.test), mid-p interval of the ratio.",
                          "The first cases are the council report's own."), function() {
  case(24, 56); case(312, 237); case(125, 95); case(1424, 1370); case(9910, 8969); case(3500, 5000)
  case(96, 104); case(58, 52); case(20, 21); case(7, 15); case(5, 0); case(1, 1); case(3, 9)
  case(100, 40, 12, 3); case(52, 60, 9, 8); case(250, 260, 150000, 160000); case(312, 237, level = 0.8)
  case(312, 237, phi = 2.5); case(312, 237, phi = 6); case(40, 90, 12, 11, phi = 1.7)
  case(100000, 101000); case(2^31, 2^31 + 200000)
})
