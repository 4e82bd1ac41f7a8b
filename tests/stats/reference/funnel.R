source("table.R")
# Spiegelhalter (2005): exact limits between whole counts in a straight line; z on the square-root
# scale, 10% pulled in at each end; phi; tau squared after DerSimonian and Laird.
limit <- function(E, p) { r <- qpois(p, E); pmax(0, r - (ppois(r, E) - p) / dpois(r, E)) }
funnel <- function(count, pop, adjustment) {
  o <- order(pop); count <- count[o]; pop <- pop[o]; n <- length(count)
  target <- 1000 * sum(count) / sum(pop); E <- target * pop / 1000
  z <- 2 * (sqrt(count) - sqrt(E)); s <- sort(z); cut <- floor(0.1 * n)
  phi <- mean(pmin(pmax(z, s[cut + 1]), s[n - cut])^2); adjusted <- phi > 1 + 2 * sqrt(2 / n)
  w <- 4 * pop / 1000; tau2 <- max(0, (n * phi - (n - 1)) / (sum(w) - sum(w^2) / sum(w)))
  sd <- switch(adjustment, none = rep(NA, n), multiplicative = rep(sqrt(phi) / 2, n), additive = sqrt(1 / 4 + tau2 * pop / 1000))
  if (adjustment == "none" || !adjusted) { low <- limit(E, .001); high <- limit(E, .999) }
  else { low <- pmax(0, sqrt(E) - qnorm(.999) * sd)^2; high <- (sqrt(E) + qnorm(.999) * sd)^2 }
  block("funnel", list(adjustment = adjustment, counts = count, populations = pop),
        list(target = target, phi = phi, tau = sqrt(tau2), z = z, low998 = low * 1000 / pop, high998 = high * 1000 / pop))
}
table_of("funnel.test", c("Funnel limits (99.8%) per 1,000, exact and adjusted for overdispersion."), function() {
  pop <- c(4200, 5100, 6100, 6900, 7300, 8800, 12000, 15500, 21000, 30500); even <- rpois(10, pop * 0.012)
  uneven <- rpois(10, pop * 0.012 * exp(rnorm(10, 0, 0.4)))
  for (a in c("none", "multiplicative", "additive")) { funnel(even, pop, a); funnel(uneven, pop, a) }
})
