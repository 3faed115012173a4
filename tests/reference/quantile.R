# Two small data sets and their quantile regressions. Rscript tests/reference/quantile.R   (Debian: r-cran-quantreg)
suppressPackageStartupMessages(library(quantreg))
here <- "tests/reference"
set.seed(20240701)
write <- function(x, name) {
  for (column in names(x)) if (is.double(x[[column]])) x[[column]] <- sprintf("%.17g", x[[column]])
  write.csv(x, file.path(here, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}

# Continuous outcome whose spread grows with a covariate; columns of unlike size.
continuous <- function(rows) {
  x <- data.frame(one = 1, age = runif(rows, 18, 64), woman = as.double(runif(rows) < .45), months = rexp(rows, 1 / 14))
  x$squared <- x$age^2
  x$y <- 1800 + 45 * x$age - .4 * x$squared - 180 * x$woman + 9 * x$months + (60 + 8 * x$months) * rt(rows, 4)
  x$counts <- 1L
  x
}
weighted <- function(rows) {
  x <- continuous(rows)
  x$counts <- 1L + rpois(rows, 3)
  x
}

fits <- function(x, name) {
  repeated <- x[rep(seq_len(nrow(x)), x$counts), ]
  out <- NULL
  for (tau in c(.5, .25)) {
    fit <- rq(y ~ one + age + woman + months + squared - 1, tau = tau, data = repeated, method = "br")
    table <- summary(fit, se = "nid", hs = TRUE, covariance = TRUE)
    out <- rbind(out, data.frame(tau = tau, term = rownames(table$coefficients), estimate = table$coefficients[, 1],
      error = sqrt(diag(table$cov)), with_age = table$cov[, 2], objective = fit$rho))
  }
  write(x, paste0("quantile_", name, "_data")); write(out, paste0("quantile_", name))
}
fits(continuous(400), "continuous")
fits(weighted(150), "weighted")
writeLines(c(R.version.string, paste("quantreg", packageVersion("quantreg"))), file.path(here, "versions_quantile.txt"))
