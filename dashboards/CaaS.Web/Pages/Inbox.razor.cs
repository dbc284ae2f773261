using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CaaS.Web.Pages;

/// <summary>The alert inbox: what is wrong now, last changed first, worked with the keyboard.</summary>
public sealed partial class Inbox
{
    private const int PageSize = 50;

    private static readonly AlertFilter Waiting = new() { Statuses = [AlertStatus.Open], Silenced = false, Limit = 1 };

    private AlertPage _page = new([], 0);
    private DateTimeOffset _now;
    private string? _cursor; // An id, not a place: rows that arrive do not move it.
    private int _place; // Where its row was last seen: when that row leaves, the next one is there.
    private int _openCount;
    private bool _showKeys;
    private SilenceDialog? _silence;

    /// <summary>Which tab.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabQuery { get; set; }

    /// <summary>Text searched for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? TextQuery { get; set; }

    /// <summary>Rows left out.</summary>
    [SupplyParameterFromQuery(Name = "skip")]
    public string? SkipQuery { get; set; }

    /// <summary>Which come first: <c>usefulness</c>, or last changed.</summary>
    [SupplyParameterFromQuery(Name = "order")]
    public string? OrderQuery { get; set; }

    private AlertOrder Order => OrderQuery == "usefulness" ? AlertOrder.Usefulness : AlertOrder.Changed;

    private bool IsRated => _page.Alerts.Any(alert => alert.Usefulness is not null);

    private int Skip => int.TryParse(SkipQuery, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : 0;

    private string Tab => TabQuery ?? InboxTab.All[0].Id;

    private string Text => TextQuery ?? "";

    private InboxTab Tabs => InboxTab.Of(Tab);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        var me = await User.MeAsync(Cancel);
        _page = await client.AlertsAsync(Tabs.Filter(me.Name) with { Text = Text, Offset = Skip, Limit = PageSize, Order = Order }, Cancel);
        _openCount = (await client.AlertsAsync(Waiting, Cancel)).Total;
        _now = Time.GetUtcNow();
        _place = Index() is var place and >= 0 ? place : _place;
    }

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent? change) => change is null or { Kind: FeedKind.Alert or FeedKind.Incident };

    /// <inheritdoc/>
    protected override async Task KeyAsync(string key)
    {
        var index = Index();
        switch (key)
        {
            case "j":
                await MoveAsync(index < 0 ? _place : index + 1);
                break;
            case "k":
                await MoveAsync((index < 0 ? _place : index) - 1);
                break;
            case "?":
                _showKeys = !_showKeys;
                break;
            case "Escape":
                _cursor = null;
                _place = 0;
                break;
            default:
                await ActAsync(key, index < 0 ? null : _page.Alerts[index]);
                break;
        }
    }

    private async Task ActAsync(string key, Alert? alert)
    {
        if (alert is null)
        {
            return;
        }

        switch (key)
        {
            case "Enter" or "o":
                Navigation.NavigateTo($"/incidents/{alert.Id}");
                break;
            case "a" when IsOperator && alert.Status == AlertStatus.Open:
                await AcknowledgeAsync(alert);
                break;
            case "m" when IsOperator && alert.Status != AlertStatus.Resolved:
                var me = await User.MeAsync(Cancel);
                await SendAsync(client => client.AssignAsync(alert.Id, me.Name, Cancel));
                break;
            case "s" when IsOperator && alert.Status != AlertStatus.Resolved:
                await OpenSilenceAsync(alert);
                break;
            case "e" when IsOperator && alert.Status != AlertStatus.Resolved:
                await SendAsync(client => client.ResolveAsync(alert.Id, Cancel));
                break;
        }
    }

    private int Index()
    {
        for (var index = 0; index < _page.Alerts.Count; index++)
        {
            if (_page.Alerts[index].Id == _cursor)
            {
                return index;
            }
        }

        return -1;
    }

    private async Task MoveAsync(int index)
    {
        if (_page.Alerts.Count > 0)
        {
            _place = Math.Clamp(index, 0, _page.Alerts.Count - 1);
            _cursor = _page.Alerts[_place].Id;
            await Browser.InvokeVoidAsync("caas.scrollTo", $"a-{_cursor}");
        }
    }

    private void Point(Alert alert)
    {
        _cursor = alert.Id;
        _place = Index();
    }

    private Task AcknowledgeAsync(Alert alert) => SendAsync(client => client.AcknowledgeAsync(alert.Id, Cancel));

    private async Task OpenSilenceAsync(Alert alert)
    {
        if (_silence is not null)
        {
            await _silence.OpenAsync(alert.Id, alert.Title);
        }
    }

    private Task SilenceAsync(SilenceRequest request) => SendAsync(client => client.SilenceAsync(request, Cancel));

    private void Search(ChangeEventArgs change) =>
        Navigation.NavigateTo(Address(Tab, change.Value as string ?? "", 0, Order));

    private string RowClass(Alert alert) =>
        $"{(alert.Id == _cursor ? "cursor " : "")}{(alert.Status == AlertStatus.Resolved ? "over" : "")}";

    private static string Address(string tab, string text, int skip, AlertOrder order) =>
        $"/?tab={tab}{(text.Length > 0 ? $"&q={Uri.EscapeDataString(text)}" : "")}{(skip > 0 ? $"&skip={skip}" : "")}"
        + (order == AlertOrder.Usefulness ? "&order=usefulness" : "");
}
