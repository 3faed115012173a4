# Departures of a world unlike the sample: an extract without periods, ties on the last day, income in tiny units, and a
# column whose levels leave one after the other.
# Rscript tests/reference/regression_elsewhere.R      (Debian: r-cran-survival)
library(survival)
here <- "tests/reference"
from <- as.Date("2015-03-01"); present_on <- as.Date("2016-06-01"); until <- as.Date("2019-02-28")
month_days <- round((0:60) * 365.25 / 12)        # R rounds halves to even, as Python does
read <- function(table) {
  x <- read.csv(file.path(here, paste0("elsewhere_", table, ".csv")), colClasses = "character")
  x[x == ""] <- NA
  x
}
x <- merge(read("stays"), read("persons"), by = "person_id")
x$settled <- as.Date(x$settled); x$departed <- as.Date(x$departed)
x$event <- !is.na(x$departed) & x$departed <= until
x$time <- as.integer(ifelse(x$event, x$departed, until) - as.integer(x$settled))
x$entry <- pmax(0L, as.integer(present_on - x$settled))
stopifnot(x$time > x$entry, x$settled >= from)
x$income <- as.numeric(x$income)
cat("departed on the last day:", sum(x$event & x$departed == until), "of", sum(x$event), "\n")

# One column a level but the first, named as the fits name them.
design <- function(x, terms) do.call(cbind, lapply(terms, function(name) {
  if (is.numeric(x[[name]])) return(matrix(x[[name]], dimnames = list(NULL, name)))
  levels <- sort(unique(x[[name]]))[-1]
  matrix(sapply(levels, function(l) as.numeric(x[[name]] == l)), nrow(x),
    dimnames = list(NULL, sprintf("%s[%s]", name, levels)))
}))
told <- function(model, estimate, covariance, out) {
  d <- data.frame(model = model, term = names(estimate), estimate = unname(estimate),
    std_error = unname(sqrt(diag(covariance))))
  d[!startsWith(d$term, "month[") & !startsWith(d$term, out), ]
}
# With income in millions, so that R's own arithmetic is at its best; the coefficient is then divided back.
MILLION <- 1e6
back <- function(d) {
  at <- d$term == "income"
  d$estimate[at] <- d$estimate[at] / MILLION; d$std_error[at] <- d$std_error[at] / MILLION
  d
}
x$income <- x$income / MILLION

cox <- function(model, terms, out = "-") suppressWarnings({   # a coefficient at infinity is warned of, and not told
  z <- design(x, terms)
  fit <- coxph(Surv(x$entry, x$time, x$event) ~ z, ties = "efron",
    control = coxph.control(eps = 1e-13, iter.max = 200, toler.chol = 1e-14))
  back(told(model, setNames(coef(fit), colnames(z)), vcov(fit), out))
})
hazard <- function(model, terms, out = "-") {
  y <- survSplit(Surv(entry, time, event) ~ ., x, cut = month_days[-1], episode = "month", start = "tstart")
  y$days <- y$time - y$tstart
  y$month <- findInterval(y$tstart, month_days)
  some <- tapply(y$event, y$month, sum)
  y <- y[y$month %in% as.integer(names(some)[some > 0]), ]
  months <- sort(unique(y$month))
  steps <- matrix(sapply(months, function(m) as.numeric(y$month == m)), nrow(y),
    dimnames = list(NULL, sprintf("month[%d]", months)))
  z <- cbind(steps, design(y, terms))
  fit <- function(start) suppressWarnings(glm(y$event ~ z - 1 + offset(log(y$days)), family = poisson, start = start,
    control = glm.control(epsilon = 1e-15, maxit = 30)))
  fit <- fit(coef(fit(NULL)))
  back(told(model, setNames(coef(fit), colnames(z)), vcov(fit), out))
}
both <- c("sex", "income", "nationality")
d <- rbind(cox("cox", both), hazard("departure", both),
  cox("cox_separated", c("province", "sex", "income"), "province["),
  hazard("departure_separated", c("province", "sex", "income"), "province["))
for (column in c("estimate", "std_error")) d[[column]] <- sprintf("%.17g", d[[column]])
write.csv(d, file.path(here, "fit_elsewhere.csv"), row.names = FALSE, quote = FALSE)
print(d)
