using CaaS.Analytics;
using CaaS.Analytics.Backtests;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.Patterns;
using CaaS.Signals;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Analysis;

/// <summary>How a backtest is run: what makes its detectors, in which steps, and how long they learn.</summary>
/// <param name="Trial">Makes the detector of a series.</param>
/// <param name="Step">Length of a step; null for the points themselves.</param>
/// <param name="Learn">Time before the window that is read to learn from.</param>
/// <param name="CountsRequests">True when the series are the requests of services.</param>
internal sealed record BacktestPlan(Func<SeriesKey, ITrial> Trial, TimeSpan? Step, TimeSpan Learn, bool CountsRequests)
{
    // As many points of a series as any answer of the API; with the most series a second's work of the slowest detector.
    private const int StepCountMax = 11_000;
    private static readonly TimeSpan RawWindowMax = TimeSpan.FromHours(6);
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LearnMin = TimeSpan.FromHours(1);

    /// <summary>Reads the plan from the question.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="options">Settings of the live engine.</param>
    /// <returns>The plan, or null and why the question makes no sense.</returns>
    public static (BacktestPlan? Plan, string Why) Of(BacktestParameters asked, AnalyticsOptions options)
    {
        if (asked.StepSeconds is < 1 || (asked.To - asked.From).TotalSeconds / (asked.StepSeconds ?? int.MaxValue) > StepCountMax)
        {
            return (null, $"stepSeconds must be at least 1 and give at most {StepCountMax} points.");
        }

        var step = asked.StepSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : StepOf(asked.To - asked.From);
        return (asked.Detector?.Value ?? Wire.BacktestDetector.Threshold) switch
        {
            Wire.BacktestDetector.Threshold => Threshold(asked, step),
            Wire.BacktestDetector.Band =>
                (new BacktestPlan(series => new BandTrial(series, options), step, LearnOf(step, options.LearningPoints), false), ""),
            Wire.BacktestDetector.Ensemble => Ensemble(asked, step),
            _ => BurnRate(asked),
        };
    }

    private static (BacktestPlan? Plan, string Why) Threshold(BacktestParameters asked, TimeSpan? step)
    {
        var level = asked.Above ?? asked.Below;
        if (level is null || (asked.Above is not null && asked.Below is not null))
        {
            return (null, "A threshold is either 'above' or 'below' a number.");
        }

        var rule = new ThresholdRule(
            level.Value, asked.Above is not null, TimeSpan.FromSeconds(Math.Max(0, asked.ForSeconds ?? 0)), asked.Clear);
        try
        {
            _ = new ThresholdTrial(rule);
        }
        catch (ArgumentException)
        {
            return (null, "A threshold is a number, and clears at one on its good side.");
        }

        return (new BacktestPlan(_ => new ThresholdTrial(rule), step, rule.For + LearnMin, false), "");
    }

    private static (BacktestPlan? Plan, string Why) Ensemble(BacktestParameters asked, TimeSpan? step)
    {
        var usual = new EnsembleOptions();
        var chosen = usual with
        {
            Threshold = (float)(asked.Score ?? usual.Threshold),
            Rest = asked.Rest ?? usual.Rest,
        };
        if (!(chosen.Threshold > 0) || !float.IsFinite(chosen.Threshold) || chosen.Rest < 0)
        {
            return (null, "The ensemble's score is positive and its rest not negative.");
        }

        var ensemble = new SeriesEnsemble(chosen);
        return (
            new BacktestPlan(
                _ => new EnsembleTrial(ensemble, chosen.Threshold), step, LearnOf(step, EnsembleTrial.LearningPoints), false),
            "");
    }

    private static (BacktestPlan? Plan, string Why) BurnRate(BacktestParameters asked)
    {
        if (asked.Objective is not (> 0 and < 1) || asked.BudgetDays is < 1 or > 90)
        {
            return (null, "A burn rate needs an 'objective' between 0 and 1, such as 0.999, over 1 to 90 days.");
        }

        var options = BurnRateOptions.Over(asked.Objective.Value, TimeSpan.FromDays(asked.BudgetDays ?? 30));
        var longest = TimeSpan.FromMinutes(options.Pairs.Max(pair => pair.LongMinutes));
        return (new BacktestPlan(_ => new BurnRateTrial(options), RequestMinutes.Step, longest, true), "");
    }

    private static TimeSpan? StepOf(TimeSpan window)
    {
        if (window <= RawWindowMax)
        {
            return null;
        }

        var fitting = TimeSpan.FromSeconds(Math.Ceiling(window.TotalSeconds / StepCountMax));
        return fitting > StepMin ? fitting : StepMin;
    }

    private static TimeSpan LearnOf(TimeSpan? step, int points)
    {
        var wanted = (step ?? StepMin) * (1.25 * points);
        return wanted > LearnMin ? wanted : LearnMin;
    }
}
