namespace CaaS.Alerting.Runtime.Store;

/// <summary>A person's last word on an incident.</summary>
internal sealed class FeedbackRow
{
    public string IncidentId { get; set; } = "";

    public string Actor { get; set; } = "";

    public long AtMs { get; set; }

    public string Json { get; set; } = "";
}
