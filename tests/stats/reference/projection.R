source("table.R")
suppressMessages(library(MASS))
tight <- glm.control(epsilon = 1e-12, maxit = 200)
# Each method written again from its definition. April of 2014 is month 0 of the year.
dispersion <- function(cal, y) {
  n <- length(y); if (n < 24) return(1)
  k <- max(1, n - 59):n
  X <- design(cal[k, ], max(cal$year * 12 + cal$month))
  fit <- glm(y[k] ~ X - 1 + offset(offset_of(cal[k, ])), family = poisson, control = glm.control(1e-14, 200))
  max(1, sum(residuals(fit, "pearson")^2) / fit$df.residual)
}
interval <- function(so_far, value, mean, variance, level) {
  t <- (1 - level) / 2
  q <- so_far + qgamma(c(t, 1 - t), shape = mean^2 / variance, scale = variance / mean)
  c(max(so_far, min(floor(q[1]), floor(value))), max(ceiling(q[2]), ceiling(value)))
}
case <- function(first_year, first_month, y, known) {
  cal <- calendar(first_year, first_month, length(y)); phi <- dispersion(cal, y); n <- length(y)
  now <- sum(y[(n - known + 1):n]); input <- list(first = sprintf("%04d-%02d", first_year, first_month), counts = y)
  odds <- (12 - known) / known; m <- (now + phi / 2) * odds; v <- phi * m * (1 + odds); value <- now * (1 + odds)
  block("straight_line", input, list(value = value, interval80 = interval(now, value, m, v, .8),
                                     interval95 = interval(now, value, m, v, .95)))
  before <- n - known - 12; ly <- y[(before + 1):(before + 12)]; by_now <- sum(ly[1:known]); rest <- sum(ly) - by_now
  h <- phi / 2; value <- now + now * rest / by_now; m <- (now + h) * (rest + h) / (by_now + h)
  v <- phi * (m + m^2 * (1 / (now + h) + 1 / (rest + h) + 1 / (by_now + h)))
  block("seasonal_share", input, list(value = value, interval80 = interval(now, value, m, v, .8),
                                      interval95 = interval(now, value, m, v, .95)))
}
regression <- function(first_year, first_month, y, known) {
  cal <- calendar(first_year, first_month, length(y)); last <- max(cal$year * 12 + cal$month); X <- design(cal, last)
  fit <- glm.nb(y ~ X - 1 + offset(offset_of(cal)), control = tight)
  n <- length(y); now <- sum(y[(n - known + 1):n]); end <- cal[n, ]
  future <- calendar(end$year + end$month %/% 12, end$month %% 12 + 1, 12 - known); F <- design(future, last)
  value <- now + sum(exp(F %*% coef(fit) + offset_of(future)))
  # 400,000 futures, each month a negative binomial of its own.
  B <- mvrnorm(4e5, coef(fit), vcov(fit)); mu <- exp(t(F %*% t(B) + offset_of(future)))
  total <- now + rowSums(matrix(rnbinom(length(mu), size = fit$theta, mu = mu), nrow(mu)))
  input <- list(first = sprintf("%04d-%02d", first_year, first_month), counts = y)
  block("seasonal_regression", input, list(value = value), 1e-6)
  block("seasonal_regression", input, list(interval80 = unname(quantile(total, c(.1, .9))),
                                           interval95 = unname(quantile(total, c(.025, .975)))), 0.02)
}
table_of("projection.test", c("Year-end projections of the last month's financial year. The two simple methods from their",
  "formulas; the regression from MASS::glm.nb, its intervals from 400,000 simulated futures (hence 2%:",
  "ours are rounded outwards and come from 1,000)."), function() {
  homes <- c(32, 36, 34, 38, 34, 35, 37, 36, 30, 35, 33, 41, 27, 25, 27, 28, 28, 25, 26, 27, 24)
  case(2013, 4, homes, 9)
  case(2013, 4, c(rep(1, 12), 0, 0, 0), 3)
  for (l in c(15, 200, 3000)) { y <- draw(calendar(2010, 4, 57), l, -0.03, 25); case(2010, 4, y, 9); regression(2010, 4, y, 9) }
  y <- draw(calendar(2011, 4, 39), 80, 0.02, 12); case(2011, 4, y, 3); regression(2011, 4, y, 3)
})
