# Reference values from R for the closed-form estimates. R reads the rows and computes every clock by itself.
# Rscript tests/reference/reference.R      (Debian: r-cran-survival)
library(survival)
here <- "tests/reference"
from <- as.Date("2022-02-24"); until <- as.Date("2024-07-01")
month_days <- round((0:36) * 365.25 / 12)        # R rounds halves to even, as Python does
write <- function(x, name) {
  for (column in names(x)) if (is.double(x[[column]]))
    x[[column]] <- ifelse(is.na(x[[column]]), "", sprintf("%.17g", x[[column]]))
  write.csv(x, file.path(here, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}
read <- function(world, table) {
  x <- read.csv(file.path(here, paste0(world, "_", table, ".csv")), colClasses = "character")
  x[x == ""] <- NA
  x
}
cohort_of <- function(day) as.character(cut(day, as.Date(c("2022-02-24", "2022-07-01", "2023-01-01", "2024-01-01",
  "2024-07-01")), labels = c("2022 H1", "2022 H2", "2023", "2024 H1"), right = FALSE))

people_of <- function(world, present_on = NA) {
  stays <- read(world, "stays")
  stays$settled <- as.Date(stays$settled); stays$departed <- as.Date(stays$departed)
  later <- stays[stays$settled >= from, ]
  later <- later[order(later$person_id, later$settled), ]
  first <- later[!duplicated(later$person_id), ]
  x <- merge(first, read(world, "persons"), by = "person_id")
  x$event <- !is.na(x$departed) & x$departed <= until
  x$time <- as.integer(ifelse(x$event, x$departed, until) - as.integer(x$settled))
  x$entry <- if (is.na(present_on)) 0L else pmax(0L, as.integer(as.Date(present_on) - x$settled))
  x$cohort <- cohort_of(x$settled)
  x$group <- ifelse(x$nationality == "UA", "Ukrainian", ifelse(x$nationality == "unknown", "unknown", "other"))
  x$window <- as.integer(until - x$settled)
  x
}

departures <- function(x, name, delayed) {
  out <- NULL; parts <- NULL
  for (g in sort(unique(x$cohort))) {
    y <- x[x$cohort == g & x$time > x$entry, ]
    last <- max(which(month_days <= max(y$window))) - 1
    begin <- 0
    if (delayed) {   # where the risk set falls under ten early, the curve starts after that day
      risk <- sapply(seq_len(max(y$time)), function(t) sum(y$entry < t & y$time >= t))
      early <- which(risk[seq_len(which.max(c(sum(y$entry == 0), risk)) - 1)] < 10)
      if (length(early)) begin <- max(early)
      y <- y[y$time > begin, ]; y$entry <- pmax(y$entry, begin)
    }
    months <- which(month_days[1:(last + 1)] >= begin) - 1
    days <- month_days[months + 1]
    fit <- if (delayed) survfit(Surv(entry, time, event) ~ 1, y, conf.type = "log-log") else
      survfit(Surv(time, event) ~ 1, y, conf.type = "log-log")
    s <- summary(fit, times = days, extend = TRUE)
    out <- rbind(out, data.frame(cohort = g, start = begin, month = months, share = 1 - s$surv, low = 1 - s$upper,
      high = 1 - s$lower, departed = cumsum(s$n.event)))
    y$cause <- factor(ifelse(y$event, y$destination, "censored"),
      levels = c("censored", "origin", "onward", "unknown", "administrative", "deceased"))
    y$id <- seq_len(nrow(y))
    f <- if (delayed) survfit(Surv(entry, time, cause) ~ 1, y, id = id, conf.type = "log-log") else
      survfit(Surv(time, cause) ~ 1, y, conf.type = "log-log")
    s <- summary(f, times = days, extend = TRUE)
    for (k in seq_along(f$states)[-1]) parts <- rbind(parts, data.frame(cohort = g, month = months,
      destination = f$states[k], share = s$pstate[, k], error = s$std.err[, k], low = s$lower[, k],
      high = s$upper[, k]))
  }
  write(out, paste0("departure_", name)); write(parts, paste0("destinations_", name))
}

hazards <- function(x, name) {
  out <- NULL
  for (g in sort(unique(x$cohort))) {
    y <- x[x$cohort == g & x$time > x$entry, ]
    last <- max(which(month_days <= max(y$window))) - 1
    for (m in seq_len(last)) {
      a <- month_days[m]; b <- month_days[m + 1]
      days <- sum(pmax(0, pmin(y$time, b) - pmax(y$entry, a)))
      d <- sum(y$event & y$time > a & y$time <= b)
      scale <- 30.4375 / days
      out <- rbind(out, data.frame(cohort = g, month = m, departed = d, person_days = days, rate = d * scale,
        low = if (d == 0) 0 else qchisq(0.025, 2 * d) / 2 * scale, high = qchisq(0.975, 2 * d + 2) / 2 * scale))
    }
  }
  write(out[out$person_days > 0, ], paste0("hazard_", name))
}

logranks <- function(x) {
  test <- function(f) { s <- survdiff(f, x); df <- length(s$n) - 1
    data.frame(statistic = s$chisq, df = df, p = pchisq(s$chisq, df, lower.tail = FALSE)) }
  write(cbind(by = c("cohort", "nationality_group", "sex"), rbind(test(Surv(time, event) ~ cohort),
    test(Surv(time, event) ~ group), test(Surv(time, event) ~ sex))), "logrank_whole")
}

work <- function(x, world) {
  stays <- read(world, "stays"); jobs <- read(world, "jobs")
  stays$settled <- as.Date(stays$settled)
  stays$departed <- as.Date(ifelse(is.na(stays$departed), "9999-01-01", stays$departed))
  jobs$start <- as.Date(jobs$start); jobs$end <- as.Date(jobs$end)
  # Cents are whole numbers, so that sums are exact.
  jobs$hours <- round(as.numeric(jobs$hours) * 100); jobs$wage <- round(as.numeric(jobs$wage) * 100)
  jobs$month <- format(jobs$start, "%Y-%m")
  sums <- aggregate(hours ~ person_id + employer_id + month, jobs, sum)
  worked <- merge(jobs, sums[sums$hours > 0, c("person_id", "employer_id", "month")])
  # An employer's month is believed or not as a whole: a booking and its reversal cancel first.
  months <- aggregate(cbind(wage, hours) ~ person_id + employer_id + month, jobs, sum)
  paid <- months[months$hours > 0 & months$wage > 0 & months$wage >= months$hours & months$wage <= 1000 * months$hours, ]
  pay <- aggregate(cbind(wage, hours) ~ person_id + month, paid, sum)
  out <- NULL; wages <- NULL
  for (m in 0:28) {
    x$day <- x$settled + month_days[m + 1]
    seen <- x[x$day <= until, ]
    p <- merge(seen[, c("person_id", "day")], stays[, c("person_id", "settled", "departed")])
    here <- unique(p$person_id[p$settled <= p$day & p$day < p$departed])
    born <- as.POSIXlt(seen$birth_date); on <- as.POSIXlt(seen$day)
    age <- on$year - born$year - ((on$mon * 100 + on$mday) < (born$mon * 100 + born$mday))
    seen <- seen[seen$person_id %in% here & !is.na(age) & age >= 18 & age <= 64, ]
    j <- merge(seen[, c("person_id", "day")], worked[, c("person_id", "start", "end")])
    at_work <- unique(j$person_id[j$start <= j$day & j$day <= j$end])
    for (g in c("Ukrainian", "other", "unknown")) {
      n <- sum(seen$group == g); k <- sum(seen$group == g & seen$person_id %in% at_work)
      ci <- if (n > 0) prop.test(k, n, correct = FALSE)$conf.int else c(NA, NA)
      out <- rbind(out, data.frame(group = g, month = m, present = n, working = k,
        share = if (n > 0) k / n else NA_real_, low = ci[1], high = ci[2]))
    }
    w <- seen[seen$person_id %in% at_work, ]
    w$month <- format(w$day, "%Y-%m")
    w <- merge(w, pay, by = c("person_id", "month"))
    cents <- round(100 * w$wage / w$hours)   # of whole numbers, so that a half is exact
    q <- if (length(cents)) quantile(cents / 100, c(.1, .25, .5, .75, .9), type = 7, names = FALSE) else rep(NA_real_, 5)
    wages <- rbind(wages, data.frame(month = m, workers = length(cents), p10 = q[1], p25 = q[2], p50 = q[3], p75 = q[4],
      p90 = q[5], at_least = if (length(cents)) mean(cents >= 1500) else NA_real_))
  }
  write(out, "employment_whole"); write(wages, "wages_whole")
}

whole <- people_of("whole"); delayed <- people_of("delayed", "2023-01-01")
departures(whole, "whole", FALSE); departures(delayed, "delayed", TRUE)
hazards(whole, "whole"); hazards(delayed, "delayed")
logranks(whole); work(whole, "whole")
writeLines(c(R.version.string, paste("survival", packageVersion("survival"))), file.path(here, "versions.txt"))
