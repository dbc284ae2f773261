namespace CaaS.Analytics.Forecasts;

/// <summary>The models that fit a series with given seasons.</summary>
internal static class ForecastMembers
{
    /// <summary>Rows this many long seasons old count half in an autoregression.</summary>
    private const double HalfLifeSeasons = 1.8;

    /// <summary>Fresh members, each on values and on logarithms.</summary>
    /// <param name="periods">Steps in the seasons, ascending; none, one or two.</param>
    public static IEnumerable<ForecastMember> Of(int[] periods) =>
        Models(periods).Zip(Models(periods)).SelectMany(pair => new[]
        {
            new ForecastMember(pair.First.Name, pair.First.Model, log: false),
            new ForecastMember($"log {pair.Second.Name}", pair.Second.Model, log: true),
        });

    private static IEnumerable<(string Name, IForecastModel Model)> Models(int[] periods) => periods.Length switch
    {
        0 => Plain(),
        1 => OneSeason(periods[0]),
        _ => TwoSeasons(periods[0], periods[1]),
    };

    private static IEnumerable<(string Name, IForecastModel Model)> Plain()
    {
        yield return ("last value", new SeasonalNaive(1));
        yield return ("theta", new RobustTheta(1));
        yield return ("smoothing", new SeasonalSmoothing(1, 1, damp: 0));
        yield return ("smoothing with trend", new SeasonalSmoothing(1, 1, damp: 0.95));
        yield return ("autoregression", new SeasonalAutoregression([1, 2, 3, 4], 0.001, 0));
        yield return ("autoregression of changes", new Differenced(new SeasonalAutoregression([1, 2, 3, 4], 0.01, 0), 1));
    }

    private static IEnumerable<(string Name, IForecastModel Model)> OneSeason(int p)
    {
        yield return ("last value", new SeasonalNaive(1));
        yield return ("last season", new SeasonalNaive(p));
        yield return ("theta", new RobustTheta(p));
        yield return ("theta without season", new RobustTheta(1));
        yield return ("smoothing", new SeasonalSmoothing(p, p, damp: 0));
        yield return ("smoothing with trend", new SeasonalSmoothing(p, p, damp: 0.98));
        yield return ("autoregression", new SeasonalAutoregression(Around(1, 2, 3, p - 1, p, p + 1), 0.001, 0));
        var ofChanges = new SeasonalAutoregression(Around(1, 2, 3, p), 0.01, 0);
        yield return ("autoregression of changes", new Differenced(ofChanges, 1));
    }

    private static IEnumerable<(string Name, IForecastModel Model)> TwoSeasons(int day, int week)
    {
        double halfLife = HalfLifeSeasons * week;
        int[] few = Around(1, 2, day, day + 1, day + 2, 2 * day, week - day, week - 1, week, week + 1, week + 2);
        int[] many = Around([
            1, 2, 3, day - 1, day, day + 1, 2 * day - 1, 2 * day, 2 * day + 1, .. Multiples(day, 3, week),
            week - day - 1, week - day, week - day + 1, week - 1, week, week + 1, 2 * week]);
        int[] changes = Around([1, 2, 3, day, day + 1, .. Multiples(day, 2, week), week, week + 1]);
        yield return ("yesterday", new SeasonalNaive(day));
        yield return ("last week", new SeasonalNaive(week));
        yield return ("autoregression", new SeasonalAutoregression(few, 0.001, 0));
        yield return ("long autoregression", new SeasonalAutoregression(many, 0.001, halfLife));
        var ofChanges = new SeasonalAutoregression(changes, 0.01, halfLife);
        yield return ("autoregression of daily changes", new Differenced(ofChanges, day));
        yield return ("smoothing", new SeasonalSmoothing(day, week, damp: 0));
        yield return ("smoothing with trend", new SeasonalSmoothing(day, week, damp: 0.98));
    }

    private static IEnumerable<int> Multiples(int day, int from, int below)
    {
        for (int k = from; k * day < below; k++)
        {
            yield return k * day;
        }
    }

    private static int[] Around(params int[] lags) => [.. lags.Where(lag => lag > 0).Distinct().Order()];
}
