using CaaS.Analytics.Forecasts;
using CaaS.Signals;

namespace CaaS.Api.Analysis;

/// <summary>How a series goes on.</summary>
/// <param name="Series">The series.</param>
/// <param name="Outlook">Its values, measured and forecast.</param>
/// <param name="Capacity">When it is full; null when no limit is known.</param>
internal sealed record Prediction(SeriesKey Series, SeriesOutlook Outlook, Capacity? Capacity);
