using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.Forecasts;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>
/// Point forecasts on the hourly and weekly series of the M4 competition, beside all 60 official entries.
/// </summary>
internal sealed class M4Board : IScoreboard
{
    private const string Configuration =
        "one configuration a frequency (hourly: seasons 24 and 168; weekly: season 52), 5 origins, weights loss^-2; "
        + "models and constants chosen on the last days of the training parts, nothing fitted on the test part";

    private static readonly (string Name, Func<double[], int, int, double[]> Forecast, double Tolerance)[] Benchmarks =
    [
        ("Naive", (y, _, h) => M4Peers.Naive(y, h), 0.0006),
        ("sNaive", M4Peers.SeasonalNaive, 0.0006), ("Naive2", M4Peers.Naive2, 0.0006),
        ("SES", M4Peers.Ses, 0.003), ("Theta", M4Peers.Theta, 0.003),
    ];

    /// <summary>The columns of sMAPE, MASE and OWA in the sheet of official results by frequency.</summary>
    private static readonly Frequency Hourly = new("Hourly", 24, 48, [24, 168], [48, 96, 144], "J", "Q", "X", "J");

    private static readonly Frequency Weekly = new("Weekly", 1, 13, [52], [13, 26, 39], "H", "O", "V", "H");

    /// <inheritdoc/>
    public string Name => "m4";

    /// <inheritdoc/>
    public string Description => "forecasts on M4 hourly and weekly: sMAPE, MASE, OWA";

    /// <inheritdoc/>
    public string Data => "folder of M4 train, test and official ranks";

    /// <inheritdoc/>
    public Score Run(DataFolder data, TextWriter output)
    {
        byte[] ranks = data.Files.First(f => f.Key.EndsWith(".xlsx", StringComparison.Ordinal)).Value;
        List<Dictionary<string, string>> points = Workbook.Sheet(ranks, "Point Forecasts-Summary");
        List<Dictionary<string, string>> intervals = Workbook.Sheet(ranks, "Prediction Interval-Summary");
        output.WriteLine($"Configuration: {Configuration}.");
        Result hourly = One(Hourly, data, points, intervals, output);
        Result weekly = One(Weekly, data, points, intervals, output);
        output.WriteLine("MASE hourly elsewhere: StatsForecast AutoARIMA .92, R auto.arima 1.02, AutoETS 1.61, Prophet 1.78.");
        JsonObject figures = hourly.Json;
        figures["weekly"] = weekly.Json;
        return new Score(Configuration, hourly.SelfCheck && weekly.SelfCheck, hourly.Count + weekly.Count, figures);
    }

    private static Result One(
        Frequency frequency,
        DataFolder data,
        List<Dictionary<string, string>> points,
        List<Dictionary<string, string>> intervals,
        TextWriter output)
    {
        M4Series[] series = M4Series.Read(data.Files[$"{frequency.Name}-train.csv"], data.Files[$"{frequency.Name}-test.csv"]);
        output.WriteLine();
        output.WriteLine($"{frequency.Name}: {series.Length} series, {frequency.Horizon} steps ahead");
        bool selfCheck = true;
        foreach ((string name, Func<double[], int, int, double[]> forecast, double tolerance) in Benchmarks)
        {
            M4Scorer own = Run(series, s => forecast(s.Train, frequency.Period, frequency.Horizon), frequency);
            Dictionary<string, string> row = points.First(r => r.GetValueOrDefault("A") == name);
            (double smape, double mase) = (Number(row, frequency.Smape), Number(row, frequency.Mase));
            bool same = Math.Abs(own.Smape - smape) <= tolerance && Math.Abs(own.Mase - mase) <= tolerance;
            selfCheck &= same;
            output.WriteLine(Line(
                $"  self-check {name,-7} sMAPE {own.Smape:f3} (official {smape:f3}) MASE {own.Mase:f3} ({mase:f3})")
                + (same ? " same" : " DIFFERENT"));
        }
        var forecaster = new Forecaster(new ForecastOptions { Periods = frequency.Seasons, Horizon = frequency.Horizon });
        foreach (int earlier in frequency.Earlier)
        {
            M4Series[] before = [.. series.Select(s => s.Earlier(earlier))];
            M4Scorer own = Run(before, s => forecaster.Forecast(s.Train).Points, frequency);
            M4Scorer reference = Run(before, s => M4Peers.Naive2(s.Train, frequency.Period, frequency.Horizon), frequency);
            output.WriteLine(Line($"  chosen on: {earlier} steps before the end of training OWA {own.Owa(reference):f3}"));
        }
        Process process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Forecast[] forecasts = [.. series.Select(s => forecaster.Forecast(s.Train))];
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        double seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        var score = M4Scorer.Of(series, [.. forecasts.Select(f => f.Points)], frequency.Period);
        double owa = score.Owa(Run(series, s => M4Peers.Naive2(s.Train, frequency.Period, frequency.Horizon), frequency));
        (double msis, double held) = M4Intervals.Of(series, forecasts, frequency.Period);
        Table(frequency, points, score, owa, output);
        output.WriteLine(Line(
            $"  95 % bands: MSIS {msis:f2}, held {held:f3}; official {string.Join(", ", Best(intervals, frequency.Msis))}"));
        output.WriteLine(Line($"  {seconds:f1} s of one core ({wall:f1} s on the clock)"));
        return new Result(selfCheck, series.Length, new JsonObject
        {
            ["owa"] = Math.Round(owa, 4),
            ["mase"] = Math.Round(score.Mase, 4),
            ["smape"] = Math.Round(score.Smape, 4),
            ["seconds"] = Math.Round(seconds, 2),
            ["msis"] = Math.Round(msis, 3),
            ["coverage"] = Math.Round(held, 4),
        });
    }

    private static void Table(
        Frequency frequency, List<Dictionary<string, string>> rows, M4Scorer score, double owa, TextWriter output)
    {
        var table = rows.Skip(2).Where(r => r.ContainsKey(frequency.Owa)).Select(r => (
            Who: $"{r["A"],-8} {r.GetValueOrDefault("B")}",
            Smape: Number(r, frequency.Smape), Mase: Number(r, frequency.Mase), Owa: Number(r, frequency.Owa)))
            .Append(("CaaS", score.Smape, score.Mase, owa))
            .OrderBy(r => r.Item4);
        output.WriteLine("   sMAPE    MASE     OWA");
        foreach ((string who, double smape, double mase, double o) in table)
        {
            string mark = who == "CaaS" ? ">" : " ";
            output.WriteLine(Line($"{mark} {smape,6:f3} {mase,7:f3} {o,7:f3}  {(who.Length > 70 ? who[..70] : who)}"));
        }
    }

    private static IEnumerable<string> Best(List<Dictionary<string, string>> rows, string column) =>
        rows.Skip(2).Where(r => double.TryParse(r.GetValueOrDefault(column), CultureInfo.InvariantCulture, out _))
            .OrderBy(r => Number(r, column)).Take(4)
            .Select(r => Line($"{Number(r, column):f2} ({(r.GetValueOrDefault("B") ?? r["A"]).Split(',')[0]})"));

    private static M4Scorer Run(M4Series[] series, Func<M4Series, double[]> forecast, Frequency frequency) =>
        M4Scorer.Of(series, [.. series.Select(forecast)], frequency.Period);

    private static double Number(Dictionary<string, string> row, string column) =>
        double.TryParse(row.GetValueOrDefault(column), CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// One frequency: the scale's season, the horizon, our seasons, and where the workbook has its figures.
    /// </summary>
    private sealed record Frequency(
        string Name, int Period, int Horizon, int[] Seasons, int[] Earlier, string Smape, string Mase, string Owa, string Msis);

    private sealed record Result(bool SelfCheck, int Count, JsonObject Json);
}
