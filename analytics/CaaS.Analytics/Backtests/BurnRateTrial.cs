using System.Globalization;
using CaaS.Analytics.Patterns;

namespace CaaS.Analytics.Backtests;

/// <summary>The error budget of an objective: fires while it burns too fast. One point a minute.</summary>
/// <param name="options">The objective and its windows.</param>
public sealed class BurnRateTrial(BurnRateOptions options) : ITrial
{
    private const long MinuteMs = 60_000;

    private readonly BurnRateDetector _detector = new(options);
    private readonly int _longestMinutes = options.Pairs.Max(pair => pair.LongMinutes);
    private BurnRate? _burn;
    private long? _lastMs;

    /// <inheritdoc/>
    public Judgement Judge(in BacktestPoint point)
    {
        // A minute without a point is a minute without requests; more than the longest window need not be told.
        var skipped = _lastMs is { } lastMs ? Math.Min((point.Ms - lastMs) / MinuteMs, _longestMinutes) - 1 : 0;
        for (var minute = 0; minute < skipped; minute++)
        {
            _detector.Step(0, 0);
        }

        var requests = point.Requests > 0 ? point.Requests : 0;
        _burn = _detector.Step(Math.Min(Math.Max(0, point.Value), requests), requests);
        _lastMs = point.Ms;
        var rate = _burn?.Rate ?? 0;
        return new Judgement(true, _burn is not null, rate, rate);
    }

    /// <inheritdoc/>
    public void Interrupt() => _burn = null;

    /// <inheritdoc/>
    public string Why() => _burn is not { } burn ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{burn.Errors:0} of {burn.Requests:0} requests failed in {Words.Of(TimeSpan.FromMinutes(burn.LongMinutes))}: the "
        + $"budget of {options.Objective * 100:0.###} % burns {burn.Rate:0.#} times too fast, {burn.Threshold:0.#} is the limit");
}
