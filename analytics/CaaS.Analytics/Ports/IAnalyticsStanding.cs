namespace CaaS.Analytics.Ports;

/// <summary>Where analytics stands, for pages and programs.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IAnalyticsStanding
{
    /// <summary>Series by status, as of the last step; null before the first.</summary>
    SeriesCounts? Series { get; }
}
