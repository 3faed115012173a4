# Reference values from R for what is derived from the curves: Lexis surface, restricted mean stay, differences.
# R reads the rows and computes every clock by itself, as in reference.R.
# Rscript tests/reference/curves.R      (Debian: r-cran-survival, r-cran-epi)
library(survival)
library(Epi)
here <- "tests/reference"
from <- as.Date("2022-02-24"); until <- as.Date("2024-07-01")
month_days <- round((0:36) * 365.25 / 12)        # R rounds halves to even, as Python does
asked <- c(6, 12, 24)
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
  x[x$time > x$entry, ]
}

surface <- function(x, name) {
  # Day t at risk is the piece (t - 1, t] of the stay and [settled + t - 1, settled + t) of the calendar.
  settled <- as.integer(x$settled)
  l <- Lexis(entry = list(stay = x$entry, calendar = settled + x$entry), exit = list(stay = x$time),
    exit.status = factor(x$event, c(FALSE, TRUE), c("here", "gone")), id = x$person_id, data = x)
  firsts <- as.integer(seq(as.Date("2022-02-01"), as.Date("2024-08-01"), by = "month"))
  l <- splitLexis(l, breaks = month_days, time.scale = "stay")
  l <- splitLexis(l, breaks = firsts, time.scale = "calendar")
  l$month <- findInterval(l$stay, month_days)
  l$period <- format(as.Date(l$calendar, origin = "1970-01-01"), "%Y-%m")
  l$departed <- as.integer(l$lex.Xst == "gone"); l$person_days <- as.integer(round(l$lex.dur))
  sums <- aggregate(cbind(departed, person_days) ~ month + period + cohort, as.data.frame(l), sum)
  persons <- aggregate(lex.id ~ month + period + cohort, as.data.frame(l), function(id) length(unique(id)))
  write(cbind(sums[, c("cohort", "period", "month", "departed", "person_days")], persons = persons$lex.id),
    paste0("lexis_", name))
}

# Where the risk set falls under ten early, the curve starts after that day.
begins <- function(y, delayed) {
  if (!delayed) return(0)
  risk <- sapply(seq_len(max(y$time)), function(t) sum(y$entry < t & y$time >= t))
  early <- which(risk[seq_len(which.max(c(sum(y$entry == 0), risk)) - 1)] < 10)
  if (length(early)) max(early) else 0
}
starting <- function(y, begin) { y <- y[y$time > begin, ]; y$entry <- pmax(y$entry, begin); y }
curve <- function(y, delayed, ...) if (delayed) survfit(Surv(entry, time, event) ~ 1, y, ...) else
  survfit(Surv(time, event) ~ 1, y, ...)
lasts <- function(y) max(which(month_days <= max(y$window))) - 1

means <- function(x, name, delayed) {
  out <- NULL
  for (g in sort(unique(x$cohort))) {
    y <- x[x$cohort == g, ]
    begin <- begins(y, delayed); last <- lasts(y); y <- starting(y, begin)
    for (m in c(12, 24)) if (m <= last && month_days[m + 1] > begin) {
      s <- summary(curve(y, delayed), rmean = month_days[m + 1])$table
      out <- rbind(out, data.frame(cohort = g, month = m, persons = nrow(y), mean = s[["rmean"]],
        error = s[["se(rmean)"]]))
    }
  }
  write(out, paste0("restricted_mean_", name))
}

# A month is compared where each of two groups has ten at risk and a departure, all after the day they run from.
enough <- function(groups, begin, day) all(sapply(groups, function(z)
  sum(z$time >= day & z$entry < day) >= 10 && any(z$event & z$time > begin & z$time <= day)))
# Limits of p1 - p2 from the log-log limits of both (Zou and Donner 2008), and the p-value at which they touch 0.
recovered <- function(s1, e1, s2, e2, r) {
  limits <- function(s, e, z) rev(1 - exp(-exp(log(-log(s)) + c(1, -1) * z * e / (s * log(s)))))
  below <- function(a, b, z) {   # how far the lower limit of a - b lies below it
    down <- 1 - a[1] - min(limits(a[1], a[2], z)); up <- max(limits(b[1], b[2], z)) - (1 - b[1])
    sqrt(max(down^2 + up^2 - 2 * r * down * up, 0))
  }
  d <- s2 - s1; a <- c(s1, e1); b <- c(s2, e2); z <- qnorm(0.975)
  off <- function(z) (if (d >= 0) below(a, b, z) else below(b, a, z)) - abs(d)
  touch <- if (off(0) >= 0) 0 else uniroot(off, c(0, 38), tol = 1e-14)$root
  list(low = d - below(a, b, z), high = d + below(b, a, z), p = 2 * pnorm(-touch))
}

# Group, month, difference of 1 - KM with the first group, both from the later of their first days.
contrasts <- function(x, column, levels, name, delayed) {
  out <- NULL; first <- x[x[[column]] == levels[1], ]
  for (g in levels[-1]) {
    y <- x[x[[column]] == g, ]
    begin <- max(begins(y, delayed), begins(first, delayed))
    for (m in asked) if (m <= min(lasts(y), lasts(first)) && month_days[m + 1] > begin) {
      if (!enough(list(y, first), begin, month_days[m + 1])) next
      s <- lapply(list(y, first), function(z)
        summary(curve(starting(z, begin), delayed), times = month_days[m + 1], extend = TRUE))
      d <- s[[2]]$surv - s[[1]]$surv; e <- sqrt(s[[1]]$std.err^2 + s[[2]]$std.err^2)
      k <- recovered(s[[1]]$surv, s[[1]]$std.err, s[[2]]$surv, s[[2]]$std.err, 0)
      out <- rbind(out, data.frame(group = g, month = m, difference = d, error = e, low = k$low, high = k$high,
        p = k$p))
    }
  }
  write(out, paste0("differences_", name))
}

# Two selections that share persons, from the influence of each person on each curve.
overlaps <- function(x, name, delayed) {
  selections <- list(female = x$sex == "female", male = x$sex == "male", ukrainian = x$group == "Ukrainian",
    early = x$cohort == "2022 H1", all = rep(TRUE, nrow(x)))
  pairs <- list(c("female", "ukrainian"), c("early", "all"), c("ukrainian", "early"), c("female", "male"),
    c("all", "all"))
  out <- NULL
  for (pair in pairs) {
    a <- x[selections[[pair[1]]], ]; b <- x[selections[[pair[2]]], ]
    begin <- max(begins(a, delayed), begins(b, delayed))
    for (m in asked) if (m <= min(lasts(a), lasts(b)) && month_days[m + 1] > begin) {
      if (!enough(list(a, b), begin, month_days[m + 1])) next
      influences <- lapply(list(a, b), function(y) {
        y <- starting(y, begin); y <- y[order(y$person_id), ]
        fit <- curve(y, delayed, id = y$person_id, influence = 1)
        at <- findInterval(month_days[m + 1], fit$time)
        all_ids <- setNames(numeric(nrow(x)), x$person_id)
        if (at) all_ids[y$person_id] <- fit$influence.surv[, at]
        list(surv = if (at) fit$surv[at] else 1, influence = all_ids)
      })
      d <- influences[[2]]$surv - influences[[1]]$surv
      e <- sqrt(sum((influences[[1]]$influence - influences[[2]]$influence)^2))
      own <- sapply(influences, function(i) sqrt(sum(i$influence^2)))
      k <- list(low = NA_real_, high = NA_real_, p = NA_real_)
      if (e > 0) k <- recovered(influences[[1]]$surv, own[1], influences[[2]]$surv, own[2],
        sum(influences[[1]]$influence * influences[[2]]$influence) / own[1] / own[2])
      out <- rbind(out, data.frame(a = pair[1], b = pair[2], month = m, difference = d, error = e, low = k$low,
        high = k$high, p = k$p))
    }
  }
  write(out, paste0("overlap_", name))
}

whole <- people_of("whole"); delayed <- people_of("delayed", "2023-01-01")
surface(whole, "whole"); surface(delayed, "delayed")
means(whole, "whole", FALSE); means(delayed, "delayed", TRUE)
contrasts(whole, "cohort", c("2022 H1", "2022 H2", "2023", "2024 H1"), "whole", FALSE)
contrasts(delayed, "sex", c("female", "male", "unknown"), "delayed", TRUE)
overlaps(whole, "whole", FALSE); overlaps(delayed, "delayed", TRUE)
writeLines(c(R.version.string, paste("survival", packageVersion("survival")), paste("Epi", packageVersion("Epi"))),
  file.path(here, "versions_curves.txt"))
