using CaaS.Client.Wire;

namespace CaaS.Web.Pages;

/// <summary>One tab of the inbox.</summary>
/// <param name="Id">Its name in the address.</param>
/// <param name="Title">Its title.</param>
/// <param name="EmptyTitle">What an empty tab says first.</param>
/// <param name="EmptyText">And then.</param>
/// <param name="Filter">Which alerts it lists, given the user's name.</param>
internal sealed record InboxTab(
    string Id, string Title, string EmptyTitle, string EmptyText, Func<string, AlertFilter> Filter)
{
    private static readonly AlertStatus[] Live = [AlertStatus.Open, AlertStatus.Acknowledged];

    /// <summary>All tabs, the default first.</summary>
    public static readonly IReadOnlyList<InboxTab> All =
    [
        new("open", "Open", "All quiet.", "An incident appears here when users are hurt or something is down; odd metrics alone do not ring.",
            _ => new AlertFilter { Statuses = Live, Silenced = false }),
        new("mine", "Mine", "Nothing is assigned to you.", "Press m on a row of the open tab to take it.",
            name => new AlertFilter { Statuses = Live, Assignee = name }),
        new("unassigned", "Unassigned", "Everything has an owner.", "",
            _ => new AlertFilter { Statuses = Live, Assignee = "", Silenced = false }),
        new("silenced", "Silenced", "Nothing is silenced.", "A silence stops notifications; its incidents stay visible here.",
            _ => new AlertFilter { Statuses = Live, Silenced = true }),
        new("resolved", "Resolved", "Nothing has been resolved yet.", "",
            _ => new AlertFilter { Statuses = [AlertStatus.Resolved] }),
    ];

    /// <summary>Finds a tab.</summary>
    /// <param name="id">Its name; an unknown one gives the default.</param>
    /// <returns>The tab.</returns>
    public static InboxTab Of(string id) => All.FirstOrDefault(tab => tab.Id == id) ?? All[0];
}
