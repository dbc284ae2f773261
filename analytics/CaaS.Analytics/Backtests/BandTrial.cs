using CaaS.Analytics.Detectors;
using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>The learned band of the live engine: what its level detector tells of the series.</summary>
/// <remarks>The live engine judges a share of failures by its counts, which history does not keep for derived series:
/// here it is judged as a level.</remarks>
/// <param name="series">The series; its name decides which way is bad and how much matters.</param>
/// <param name="options">Settings of the engine.</param>
public sealed class BandTrial(SeriesKey series, AnalyticsOptions options) : ITrial
{
    private readonly LevelDetector _detector = new(series, SignalRoles.Of(series.Metric, series.Labels), options);
    private Anomaly? _raised;
    private long? _lastMs;

    /// <inheritdoc/>
    public Judgement Judge(in BacktestPoint point)
    {
        var isLearning = _detector.IsLearning;
        if (_detector.Push(_lastMs ?? point.Ms, point.Ms, point.Value) is { } told)
        {
            _raised = told.State == AnomalyState.Cleared ? null : told;
        }

        _lastMs = point.Ms;
        return new Judgement(!isLearning, _raised is not null, point.Value, Distance(point.Value));
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        if (_lastMs is { } lastMs)
        {
            _ = _detector.End(lastMs, "");
        }

        _raised = null;
    }

    /// <inheritdoc/>
    public string Why() => _raised?.Explanation ?? "";

    private double Distance(double value)
    {
        var (low, high) = (_raised?.ExpectedLow ?? value, _raised?.ExpectedHigh ?? value);
        return value > high ? value - high : value < low ? low - value : 0;
    }
}
