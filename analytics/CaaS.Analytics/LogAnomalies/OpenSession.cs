using CaaS.Analytics.LogSequences;
using CaaS.Analytics.State;

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

    /// <summary>Saves or loads a session.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="session">Session; null while loading.</param>
    /// <param name="templates">All templates; loaded before.</param>
    /// <returns>The one that counts.</returns>
    public static OpenSession Sync(StateArchive archive, OpenSession? session, List<LogTemplate> templates)
    {
        var id = archive.Text(session?.Id ?? "");
        session ??= new OpenSession(id);
        session.Session.Sync(archive);
        session.LastMs = archive.Value(session.LastMs);
        var last = archive.Within(session.Last?.Pattern.Number ?? -1, -1, templates.Count - 1);
        session.Last = last < 0 ? null : templates[last];
        return session;
    }

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
