namespace CaaS.Api.Store;

/// <summary>Who asked for what, and what became of it. Rows are only added, and their outcome filled in once.</summary>
internal sealed class AuditRow
{
    public long Id { get; set; }

    public long TimeMs { get; set; }

    public string Actor { get; set; } = "";

    public string Verb { get; set; } = "";

    public string Target { get; set; } = "";

    public string ArgumentsJson { get; set; } = "";

    public string CommandId { get; set; } = "";

    public int State { get; set; }

    public string Why { get; set; } = "";

    public string Subject { get; set; } = "";
}
