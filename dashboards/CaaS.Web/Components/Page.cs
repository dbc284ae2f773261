using System.Net;
using System.Text.Json;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Session;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>What every page does: load, show loading and errors, load again when the platform changed.</summary>
/// <remarks>
/// One load runs at a time. A load that is asked for meanwhile follows it, so that what is shown is never older than
/// the last address or change. Changes that come closer than <see cref="MinInterval"/> lead to one load.
/// </remarks>
public abstract class Page : ComponentBase, IDisposable
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _listening;
    private Task _loading = Task.CompletedTask;
    private bool _isLoading;
    private bool _isStale;
    private bool _isFollowing;
    private bool _hasChanged;
    private bool _isSending;

    /// <summary>Makes a page.</summary>
    protected Page() => Cancel = _stop.Token;

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
    protected CancellationToken Cancel { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !Cancel.IsCancellationRequested)
        {
            _listening = Feed.Listen(change =>
            {
                if (Concerns(change))
                {
                    _ = InvokeAsync(FollowAsync);
                }
            });
        }
    }

    /// <summary>Loads what the page shows.</summary>
    /// <param name="client">The user's client.</param>
    protected abstract Task LoadAsync(CaaSClient client);

    /// <summary>Whether a change concerns the page.</summary>
    /// <param name="change">The change, or null when it is time to look again.</param>
    /// <returns>True to load again.</returns>
    protected virtual bool Concerns(FeedEvent? change) => true;

    /// <summary>Loads now, or once more when a load runs.</summary>
    protected Task LoadAsync()
    {
        _isStale = true;
        if (!_isLoading)
        {
            _loading = LoadWhileStaleAsync();
        }

        return _loading;
    }

    /// <summary>Sends a command and shows what it was answered; does nothing while another is under way.</summary>
    /// <param name="command">Sends it.</param>
    protected async Task SendAsync(Func<CaaSClient, Task<Outcome>> command)
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        try
        {
            Answer = await command(await User.GetAsync());
        }
        catch (Exception e) when (IsExpected(e))
        {
            Answer = new Outcome("", OutcomeState.Refused, Reason(e), "");
        }
        finally
        {
            _isSending = false;
        }

        await LoadAsync();
        StateHasChanged();
    }

    /// <summary>Ends the page's work.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _listening?.Dispose();
        if (!Cancel.IsCancellationRequested)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    private async Task LoadWhileStaleAsync()
    {
        _isLoading = true;
        try
        {
            while (_isStale && !Cancel.IsCancellationRequested)
            {
                _isStale = false;
                await LoadOnceAsync();
            }
        }
        finally
        {
            _isLoading = false;
        }
    }

    private async Task LoadOnceAsync()
    {
        try
        {
            var client = await User.GetAsync();
            IsOperator = (await User.MeAsync(Cancel)).Role == Role.Operator;
            if (Answer is { State: OutcomeState.Pending } pending)
            {
                Answer = await client.OutcomeAsync(pending.CommandId, Cancel) ?? pending;
            }

            await LoadAsync(client);
            Error = null;
            IsLoaded = true;
        }
        catch (CaaSClientException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            Navigation.NavigateTo(
                $"/sign-in?return={Uri.EscapeDataString($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}")}", forceLoad: true);
        }
        catch (Exception e) when (IsExpected(e))
        {
            Error = Reason(e);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task FollowAsync()
    {
        _hasChanged = true;
        if (_isFollowing)
        {
            return;
        }

        _isFollowing = true;
        try
        {
            while (_hasChanged && !Cancel.IsCancellationRequested)
            {
                _hasChanged = false;
                await LoadAsync();
                StateHasChanged();
                await Task.Delay(MinInterval, Time, Cancel).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
        catch (Exception e)
        {
            // Nobody awaits this: the renderer shows what is not expected.
            await DispatchExceptionAsync(e);
        }
        finally
        {
            _isFollowing = false;
        }
    }

    // A time-out is an error; the end of the page is not.
    private bool IsExpected(Exception exception) =>
        exception is CaaSClientException or HttpRequestException or JsonException
        || (exception is OperationCanceledException && !Cancel.IsCancellationRequested);

    private static string Reason(Exception exception) => exception switch
    {
        OperationCanceledException => "The server did not answer in time.",
        JsonException => "The server's answer was not understood.",
        _ => exception.Message,
    };
}
