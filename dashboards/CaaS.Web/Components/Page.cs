using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Session;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>What every page does: load, show loading and errors, load again when the platform changed.</summary>
/// <remarks>Changes that arrive while a load runs, or within <see cref="MinInterval"/> of the last one, lead to one more load.</remarks>
public abstract class Page : ComponentBase, IDisposable
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _listening;
    private bool _isLoading;
    private bool _isStale;

    /// <summary>The user's client.</summary>
    [Inject]
    public required UserClient User { get; set; }

    /// <summary>What changed on the platform.</summary>
    [Inject]
    public required LiveFeed Feed { get; set; }

    /// <summary>Clock.</summary>
    [Inject]
    public required TimeProvider Time { get; set; }

    /// <summary>Addresses.</summary>
    [Inject]
    public required NavigationManager Navigation { get; set; }

    /// <summary>Why the last load failed, or null.</summary>
    protected string? Error { get; private set; }

    /// <summary>True once a load has succeeded.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>True when the user may change things.</summary>
    protected bool IsOperator { get; private set; }

    /// <summary>What the last command was answered, or null.</summary>
    protected Outcome? Answer { get; private set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Cancel => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync() => await LoadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _listening = Feed.Listen(change => Concerns(change) ? InvokeAsync(ReloadAsync) : Task.CompletedTask);
        }
    }

    /// <summary>Loads what the page shows.</summary>
    /// <param name="client">The user's client.</param>
    protected abstract Task LoadAsync(CaaSClient client);

    /// <summary>Whether a change concerns the page.</summary>
    /// <param name="change">The change.</param>
    /// <returns>True to load again.</returns>
    protected virtual bool Concerns(FeedEvent change) => true;

    /// <summary>Loads now.</summary>
    protected async Task LoadAsync()
    {
        _isLoading = true;
        try
        {
            var client = await User.GetAsync();
            IsOperator = (await User.MeAsync(Cancel)).Role == Role.Operator;
            await LoadAsync(client);
            Error = null;
            IsLoaded = true;
        }
        catch (Exception e) when (e is CaaSClientException or HttpRequestException)
        {
            Error = e.Message;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            _isLoading = false;
        }
    }

    /// <summary>Sends a command and shows what it was answered.</summary>
    /// <param name="command">Sends it.</param>
    protected async Task SendAsync(Func<CaaSClient, Task<Outcome>> command)
    {
        try
        {
            Answer = await command(await User.GetAsync());
        }
        catch (Exception e) when (e is CaaSClientException or HttpRequestException)
        {
            Answer = new Outcome("", OutcomeState.Refused, e.Message, "");
        }

        await LoadAsync();
        StateHasChanged();
    }

    /// <summary>Ends the page's work.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _listening?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ReloadAsync()
    {
        if (_isLoading)
        {
            _isStale = true;
            return;
        }

        do
        {
            _isStale = false;
            await LoadAsync();
            StateHasChanged();
            await Task.Delay(MinInterval, Time, Cancel).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        while (_isStale && !Cancel.IsCancellationRequested);
    }
}
