source("table.R")
suppressMessages(library(MASS))
tight <- glm.control(epsilon = 1e-12, maxit = 200)
poisson_case <- function(cal, y) {
  last <- max(cal$year * 12 + cal$month); X <- design(cal, last)
  fit <- glm(y ~ X - 1 + offset(offset_of(cal)), family = poisson, control = glm.control(1e-14, 200))
  block("fit_poisson", list(first = sprintf("%04d-%02d", cal$year[1], cal$month[1]), counts = y),
        list(coefficients = unname(coef(fit)), standard_errors = sqrt(diag(vcov(fit))),
             deviance = deviance(fit), pearson = sum(residuals(fit, "pearson")^2)), 1e-7)
  phi <- max(1, sum(residuals(fit, "pearson")^2) / fit$df.residual)
  block("estimate_dispersion", list(first = sprintf("%04d-%02d", cal$year[1], cal$month[1]), counts = y),
        list(dispersion = phi), 1e-8)
}
negative_binomial_case <- function(cal, y) {
  last <- max(cal$year * 12 + cal$month); X <- design(cal, last)
  fit <- glm.nb(y ~ X - 1 + offset(offset_of(cal)), control = tight)
  block("fit_negative_binomial", list(first = sprintf("%04d-%02d", cal$year[1], cal$month[1]), counts = y),
        list(coefficients = unname(coef(fit)), standard_errors = sqrt(diag(vcov(fit))), theta = if (fit$theta > 1e8) Inf else fit$theta), 1e-6)
}
table_of("glm.test", c("Poisson and negative-binomial regression of monthly counts on trend and season, with the",
                       "month's length as offset: glm and MASS::glm.nb."), function() {
  poisson_case(calendar(2010, 1, 48), draw(calendar(2010, 1, 48), 40, -0.05, Inf))
  poisson_case(calendar(2011, 4, 24), draw(calendar(2011, 4, 24), 6, 0.1, 8))
  poisson_case(calendar(2009, 9, 60), draw(calendar(2009, 9, 60), 900, 0.02, 30))
  for (theta in c(2, 10, 40)) for (level in c(4, 60, 1200))
    negative_binomial_case(calendar(2010, 4, 60), draw(calendar(2010, 4, 60), level, 0.03, theta))
  negative_binomial_case(calendar(2012, 2, 30), draw(calendar(2012, 2, 30), 25, -0.2, 5))
  # quine of MASS is the book's own example; its design of 146 rows is written out as it stands.
  X <- model.matrix(~ Sex + Age + Eth + Lrn, quine, control = tight)
  fit <- glm.nb(Days ~ Sex + Age + Eth + Lrn, quine, control = tight)
  block("fit_design", list(columns = ncol(X), counts = quine$Days, design = as.vector(t(X))),
        list(coefficients = unname(coef(fit)), standard_errors = sqrt(diag(vcov(fit))), theta = if (fit$theta > 1e8) Inf else fit$theta), 1e-6)
})
