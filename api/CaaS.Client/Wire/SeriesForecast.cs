namespace CaaS.Client.Wire;

/// <summary>How a series goes on.</summary>
/// <param name="Series">The series.</param>
/// <param name="StepSeconds">Time between values.</param>
/// <param name="HistoryFrom">Instant of the first measured value, UTC.</param>
/// <param name="From">Instant of the first forecast value, UTC.</param>
/// <param name="History">Measured values, one a step; null where nothing was measured.</param>
/// <param name="Expected">Forecast values, one a step.</param>
/// <param name="Lower">Lower edge of the band.</param>
/// <param name="Upper">Upper edge of the band.</param>
/// <param name="Models">Who had how much say, heaviest first.</param>
/// <param name="Capacity">When it is full; null when no limit is known.</param>
public sealed record SeriesForecast(
    Series Series,
    int StepSeconds,
    DateTimeOffset HistoryFrom,
    DateTimeOffset From,
    IReadOnlyList<double?> History,
    IReadOnlyList<double> Expected,
    IReadOnlyList<double> Lower,
    IReadOnlyList<double> Upper,
    IReadOnlyList<ModelShare> Models,
    CapacityAnswer? Capacity);
