using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CaaS.Web.Components;

/// <summary>A page that is worked with single keys.</summary>
public abstract class KeyPage : Page, IAsyncDisposable
{
    private DotNetObjectReference<KeyPage>? _self;
    private IJSObjectReference? _listening;

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Browser { get; set; }

    /// <summary>A key was pressed outside of inputs and dialogs.</summary>
    /// <param name="key">The key as the browser names it.</param>
    [JSInvokable]
    public async Task OnKey(string key)
    {
        if (!Cancel.IsCancellationRequested)
        {
            await KeyAsync(key);
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
        await EndListeningAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        try
        {
            _listening = await Browser.InvokeAsync<IJSObjectReference>("caas.listen", _self);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The tab was closed while it was drawn.
        }

        if (Cancel.IsCancellationRequested)
        {
            await EndListeningAsync();
        }
    }

    /// <summary>What a key does.</summary>
    /// <param name="key">The key.</param>
    protected abstract Task KeyAsync(string key);

    private async Task EndListeningAsync()
    {
        try
        {
            if (_listening is not null)
            {
                await _listening.InvokeVoidAsync("dispose");
                await _listening.DisposeAsync();
            }
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The tab is gone, and its listener with it.
        }

        _self?.Dispose();
    }
}
