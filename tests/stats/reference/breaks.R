source("table.R")
# Every cut tried, with the costs and penalties of R's changepoint package written out.
segment <- function(y, cost) {
  n <- length(y); s <- sum(y)
  if (cost == "poisson") return(if (s > 0) 2 * s * (log(n) - log(s)) else 0)
  q <- sum((y - mean(y))^2)
  if (cost == "normal_mean") return(q)
  n * (log(2 * pi * max(q / n, 1e-11)) + 1)
}
cuts <- function(y, cost, penalty, shortest) {
  n <- length(y); parameters <- if (cost == "normal_mean_variance") 2 else 1
  pen <- (parameters + if (penalty == "mbic") 2 else 1) * log(n)
  best <- c(-pen, rep(Inf, n)); from <- rep(0, n + 1)
  for (t in shortest:n) for (s in 0:(t - shortest)) {
    if (!is.finite(best[s + 1])) next
    c <- best[s + 1] + segment(y[(s + 1):t], cost) + pen + if (penalty == "mbic") log(t - s) else 0
    if (c < best[t + 1] - 1e-12) { best[t + 1] <- c; from[t + 1] <- s }
  }
  found <- c(); t <- from[n + 1]
  while (t > 0) { found <- c(t, found); t <- from[t + 1] }
  if (is.null(found)) "none" else found
}
table_of("breaks.test", c("Best cuts into levels: where the second and later segments start, counted from 0."), function() {
  series <- list(c(rpois(24, 20), rpois(18, 35), rpois(30, 28)), rpois(60, 12), c(rpois(15, 3), rpois(45, 9)),
                 c(rep(0, 12), rpois(12, 4)), c(rpois(20, 100), rpois(20, 130), rpois(20, 100)))
  for (y in series) for (penalty in c("bic", "mbic")) {
    block("pelt", list(cost = "poisson", penalty = penalty, shortest = 1, values = y), list(starts = cuts(y, "poisson", penalty, 1)), 0)
    block("pelt", list(cost = "poisson", penalty = penalty, shortest = 6, values = y), list(starts = cuts(y, "poisson", penalty, 6)), 0)
  }
  y <- round(c(rnorm(30), rnorm(30, 2), rnorm(20, 2, 3)), 4)
  for (penalty in c("bic", "mbic")) for (cost in c("normal_mean", "normal_mean_variance"))
    block("pelt", list(cost = cost, penalty = penalty, shortest = 2, values = y), list(starts = cuts(y, cost, penalty, 2)), 0)
})
