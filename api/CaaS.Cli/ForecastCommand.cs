using System.CommandLine;
using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>What series will be, and when they are full.</summary>
internal static class ForecastCommand
{
    private const int RowsMax = 12;

    public static Command Make(Run run)
    {
        var series = new SeriesOptions("-14d", 5);
        var horizon = new Option<string?>("--horizon") { Description = "How far: 6h, 30d; a quarter of the time learnt from when left out." };
        var coverage = new Option<double?>("--coverage") { Description = "Share of future values the band should hold; 0.9." };
        var capacity = new Option<double?>("--capacity") { Description = "When it is full; the measured limit when left out." };
        var command = new Command("forecast", "How series go on, and when a volume, pool or quota is full.")
        {
            series.Metric, series.Entity, series.Label, series.From, series.To, series.Limit, horizon, coverage, capacity,
        };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var now = (await client.StatusAsync(cancel).ConfigureAwait(false)).Now;
            var question = new ForecastQuestion
            {
                Series = series.Read(parsed, now),
                Horizon = SeriesOptions.Span(parsed.GetValue(horizon)),
                Coverage = parsed.GetValue(coverage),
                Capacity = parsed.GetValue(capacity),
            };
            var found = await client.ForecastsAsync(question, cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(found).ConfigureAwait(false);
            }
            else if (found.Count == 0)
            {
                await run.Output.WriteLineAsync("No such series was measured long enough in this time.").ConfigureAwait(false);
            }
            else
            {
                foreach (var forecast in found)
                {
                    await ShowAsync(run.Output, forecast).ConfigureAwait(false);
                }
            }

            return ExitCodes.Done;
        });
    }

    private static async Task ShowAsync(TextWriter output, SeriesForecast forecast)
    {
        var step = TimeSpan.FromSeconds(forecast.StepSeconds);
        await output.WriteLineAsync(Table.Plain(
            $"{forecast.Series.Metric} of {SeriesOptions.Name(forecast.Series)}, learnt from {forecast.History.Count} values, one in "
            + $"{TimeText.Of(step)}")).ConfigureAwait(false);
        await output.WriteLineAsync(Full(forecast)).ConfigureAwait(false);
        var every = (int)Math.Ceiling(forecast.Expected.Count / (double)RowsMax);
        await Table.WriteAsync(
            output,
            ["AT (UTC)", "EXPECTED", "FROM", "TO"],
            Enumerable.Range(0, forecast.Expected.Count).Where(row => row % every == every - 1).Select(row => new[]
            {
                TimeText.Of(forecast.From + (row * step)), Number(forecast.Expected[row]), Number(forecast.Lower[row]),
                Number(forecast.Upper[row]),
            })).ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
    }

    private static string Full(SeriesForecast forecast) => forecast.Capacity switch
    {
        null => "no limit is known; --capacity gives one",
        { Median: null } never => $"not full ({Number(never.Limit)}, {never.LimitFrom}) within ten years, as it grows now",
        { } full => string.Create(
            CultureInfo.InvariantCulture,
            $"full ({Number(full.Limit)}, {full.LimitFrom}) about {At(full.Median)} UTC; 10 % by {At(full.Early)}, 90 % by "
            + $"{At(full.Late)}; within the horizon {full.Within * 100:0} %"),
    };

    private static string At(DateTimeOffset? instant) => instant is { } known ? TimeText.Of(known) : "never";

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
