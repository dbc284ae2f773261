namespace CaaS.Alerting.Runtime.Store;

/// <summary>What was known of an incident when it was opened.</summary>
internal sealed class ExampleRow
{
    public string IncidentId { get; set; } = "";

    public long OpenedAtMs { get; set; }

    public string Json { get; set; } = "";
}
