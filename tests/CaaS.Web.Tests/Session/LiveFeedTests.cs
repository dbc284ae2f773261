using System.Net;
using System.Security.Claims;
using System.Threading.Channels;
using CaaS.Client.Wire;
using CaaS.Web.Session;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Web.Tests.Session;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private static readonly FeedEvent Change = new(FeedKind.Incident, "i1", 1);

    private readonly FakeApi _api = new();
    private readonly FakeTimeProvider _time = new(Given.Now);
    private readonly Channel<FeedEvent?> _heard = Channel.CreateUnbounded<FeedEvent?>();
    private readonly ApiConnection _connection;
    private readonly LiveFeed _feed;

    public LiveFeedTests()
    {
        _connection = new ApiConnection(() => new Uri("http://caas.test/"), "token", _api);
        _feed = new LiveFeed(new UserClient(_connection, new SignedIn()), _time);
    }

    [Fact]
    public async Task A_change_is_told_to_every_listener_until_it_ends()
    {
        using var stays = Listen();
        var others = 0;
        var leaves = _feed.Listen(_ => others++);
        await OpenedAsync(1);
        await _api.SayAsync(FeedKind.Incident, "i1");
        Assert.Equal(Change, await HearAsync());

        leaves.Dispose();
        await _api.SayAsync(FeedKind.Incident, "i1");

        Assert.Equal(Change, await HearAsync());
        Assert.Equal(1, others);
        Assert.Equal(1, _api.Count("GET feed"));
    }

    [Fact]
    public async Task After_a_break_it_connects_again_and_tells_to_look_again()
    {
        using var listening = Listen();
        await OpenedAsync(1);

        await _api.BreakFeedsAsync();
        await ReconnectedAsync(2);
        await OpenedAsync(1);
        Assert.Null(await HearAsync());
        await _api.SayAsync(FeedKind.Incident, "i1");

        Assert.Equal(Change, await HearChangeAsync());
    }

    [Theory]
    [InlineData("data: {not json\n\n")]
    [InlineData("data: {\"kind\":\"unheard-of\",\"id\":\"i1\",\"revision\":1}\n\n")]
    public async Task What_cannot_be_read_does_not_end_the_feed(string text)
    {
        using var listening = Listen();
        await OpenedAsync(1);

        await _api.SayAsync(text);
        await ReconnectedAsync(2);

        Assert.Null(await HearAsync());
    }

    [Fact]
    public async Task A_refusal_or_a_time_out_does_not_end_the_feed()
    {
        _api.Refuse = _ => (HttpStatusCode.ServiceUnavailable, "Too many feeds are open.");
        using var listening = Listen();
        await ReconnectedAsync(2);
        _api.Hold = _ => Task.FromException(new TaskCanceledException());
        await ReconnectedAsync(4);
        _api.Hold = _ => Task.CompletedTask;
        _api.Refuse = _ => null;
        await ReconnectedAsync(5);
        await OpenedAsync(1);

        await _api.SayAsync(FeedKind.Incident, "i1");

        Assert.Equal(Change, await HearChangeAsync());
    }

    [Fact]
    public async Task A_sign_of_life_is_not_a_change()
    {
        using var listening = Listen();
        await OpenedAsync(1);

        await _api.SayAsync(": alive\n\n");
        await _api.SayAsync("data:\n\n");
        await _api.SayAsync(FeedKind.Incident, "i1");

        Assert.Equal(Change, await HearAsync());
    }

    [Fact]
    public async Task It_ends_with_the_tab_even_before_it_was_used()
    {
        await _feed.DisposeAsync();

        Assert.Equal(0, _api.Count("GET feed"));
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        _connection.Dispose();
    }

    private IDisposable Listen() => _feed.Listen(change => _heard.Writer.TryWrite(change));

    private ValueTask<FeedEvent?> HearAsync() => _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    private async Task<FeedEvent> HearChangeAsync()
    {
        while (true)
        {
            // Told to look again after each try, and now and then.
            if (await HearAsync() is { } change)
            {
                return change;
            }
        }
    }

    private async Task OpenedAsync(int count)
    {
        while (_api.FeedCount < count)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // The wait between two tries begins at a moment no test can see: time is moved on until the next try is made.
    private async Task ReconnectedAsync(int count)
    {
        while (_api.Count("GET feed") < count)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }

    private sealed class SignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim("token", "secret")], "test"))));
    }
}
