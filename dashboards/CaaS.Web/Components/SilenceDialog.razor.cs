using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CaaS.Web.Components;

/// <summary>Asks how long and why.</summary>
public sealed partial class SilenceDialog
{
    private static readonly TimeSpan[] Choices =
        [TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8), TimeSpan.FromDays(3)];

    private string _incident = "";
    private string _title = "";
    private string _reason = "";
    private TimeSpan _length = Choices[1];

    /// <summary>Told what to silence.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<SilenceRequest> OnSend { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>Asks about an incident.</summary>
    /// <param name="incident">Its id.</param>
    /// <param name="title">Its title.</param>
    public async Task OpenAsync(string incident, string title)
    {
        _incident = incident;
        _title = title;
        _reason = "";
        StateHasChanged();
        await Browser.InvokeVoidAsync("caas.open", "silence");
    }

    private async Task SendAsync()
    {
        if (_reason.Trim().Length == 0)
        {
            return;
        }

        await CloseAsync();
        await OnSend.InvokeAsync(new SilenceRequest(_incident, null, Time.GetUtcNow() + _length, _reason.Trim()));
    }

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("caas.close", "silence");
}
