using CaaS.Analytics.LogSequences;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>A request, or a window, whose lines still come.</summary>
/// <param name="id">Trace id; empty for a window.</param>
internal sealed class OpenSession(string id)
{
    private const int LinesMax = 512;

    /// <summary>Trace id; empty for a window.</summary>
    public string Id => id;

    /// <summary>Its lines.</summary>
    public LogSession Session { get; } = new();

    /// <summary>When the last line came, by the steps' now.</summary>
    public long LastMs { get; private set; }

    /// <summary>Template of the last line; null before the first.</summary>
    public LogTemplate? Last { get; private set; }

    /// <summary>Takes in a line; past 512 lines it only stays open.</summary>
    /// <param name="template">Template of the line.</param>
    /// <param name="nowMs">The step's now.</param>
    public void Add(LogTemplate template, long nowMs)
    {
        LastMs = nowMs;
        if (Session.Length < LinesMax)
        {
            Session.Add(template.Pattern.Id);
            Last = template;
        }
    }
}
