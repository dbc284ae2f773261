namespace CaaS.Analytics.Backtests;

/// <summary>A detector on trial: judges the points of one series in the order they came, each by those before
/// it.</summary>
public interface ITrial
{
    /// <summary>Judges the next point.</summary>
    /// <param name="point">Finite, later than the one before.</param>
    /// <returns>The judgement.</returns>
    Judgement Judge(in BacktestPoint point);

    /// <summary>Tells that points were missing for so long that nothing is firing or pending any more.</summary>
    void Interrupt();

    /// <summary>Why the last point fires.</summary>
    /// <returns>A sentence for people.</returns>
    string Why();
}
