using CaaS.Ingest.Kubernetes;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class InformerStateTests
{
    private static readonly InformerLimits Limits = new()
    {
        PageSize = 100,
        MaxObjectCount = 1000,
        ResyncInterval = TimeSpan.FromMinutes(10),
        MinListInterval = TimeSpan.FromSeconds(30),
        BackoffFirst = TimeSpan.FromSeconds(1),
        BackoffMax = TimeSpan.FromSeconds(30),
        RefusedBackoff = TimeSpan.FromMinutes(5),
    };

    private readonly InformerState _state = new(Limits, new Random(7));
    private DateTimeOffset _now = Kube.Now;

    [Fact]
    public void A_first_list_of_two_pages_leads_to_a_watch_from_the_first_pages_version()
    {
        var first = _state.ListPage([Item("a", 1)], "10", "token", _now);
        var second = _state.Next(_now);
        var rest = _state.ListPage([Item("b", 9)], "12", "", _now);

        Assert.Equal("Listed a", Show(first));
        Assert.Equal((InformerRequestKind.List, "token", 100), (second.Kind, second.Continue, second.Limit));
        Assert.Equal("Listed b", Show(rest));
        Assert.Equal((InformerRequestKind.Watch, "10"), (_state.Next(_now).Kind, _state.Next(_now).ResourceVersion));
    }

    [Fact]
    public void A_watch_goes_on_from_the_last_event_or_bookmark()
    {
        Synced();

        Assert.Equal("Added c", Watch(state => state.Seen(Item("c", 12), _deltas)));
        Assert.Equal("Updated a", Watch(state => state.Seen(Item("a", 13), _deltas)));
        Assert.Equal("Deleted b", Watch(state => state.Gone(Item("b", 14), _deltas)));
        Assert.Equal("", Watch(state => state.Gone(Item("b", 15), _deltas)));
        _state.Bookmark("20");
        _state.WatchEnded(_now);

        Assert.Equal("20", _state.Next(_now).ResourceVersion);
        Assert.Equal(_now, _state.Next(_now).NotBefore);
    }

    [Fact]
    public void After_410_a_list_comes_at_once_and_finds_what_changed_and_what_is_gone()
    {
        Synced();
        _now += TimeSpan.FromMinutes(3);

        _state.WatchFailed(InformerFailure.Expired, TimeSpan.Zero, _now);
        var request = _state.Next(_now);
        var deltas = _state.ListPage([Item("a", 1), Item("c", 40)], "50", "", _now);

        Assert.Equal(InformerRequestKind.List, request.Kind);
        Assert.InRange(request.NotBefore - _now, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal("Added c, Deleted b", Show(deltas));
        Assert.Equal("50", _state.Next(_now).ResourceVersion);
    }

    [Fact]
    public void A_name_that_came_back_as_another_object_is_a_deletion_and_a_creation()
    {
        Synced();
        _state.WatchFailed(InformerFailure.Expired, TimeSpan.Zero, _now);

        var deltas = _state.ListPage([Item("a", 30, "another"), Item("b", 2)], "50", "", _now);

        Assert.Equal("Deleted a, Added a", Show(deltas));
    }

    [Fact]
    public void A_first_list_is_compared_with_what_is_recalled()
    {
        _state.Recall([Item("a", 1), Item("b", 2), Item("c", 3), Item("d", 4)], _now);
        var cordoned = Kube.Map("Node", Kube.Node("b", 20, isCordoned: true));

        var first = _state.ListPage([Item("a", 1), cordoned], "50", "token", _now);
        var rest = _state.ListPage([Item("c", 30, "another")], "51", "", _now);

        Assert.Equal("Listed a, Updated b", Show(first));
        Assert.Equal("Deleted c, Added c, Deleted d", Show(rest));
        Assert.All(first.Concat(rest), delta => Assert.True(delta.IsLate));
        Assert.Equal("1", first[0].Before?.ResourceVersion);
    }

    [Fact]
    public void What_is_not_recalled_is_new_only_when_it_was_created_since()
    {
        var until = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        var old = Kube.Map("Deployment", Kube.Deployment("old"));
        var json = Kube.Deployment("young");
        json["metadata"]!["creationTimestamp"] = "2026-03-01T10:00:01Z";
        _state.Recall([], until);

        var deltas = _state.ListPage([old, Kube.Map("Deployment", json)], "50", "", _now);

        Assert.Equal([KubeDeltaKind.Listed, KubeDeltaKind.Added], deltas.Select(delta => delta.Kind));
    }

    [Fact]
    public void Recalled_versions_that_moved_without_saying_anything_new_are_no_change()
    {
        _state.Recall([Kube.Map("Node", Kube.Node("n1", 1))], _now);

        var delta = Assert.Single(_state.ListPage([Kube.Map("Node", Kube.Node("n1", 9))], "50", "", _now));

        Assert.Equal(KubeDeltaKind.Listed, delta.Kind);
    }

    [Fact]
    public void A_resync_tells_everything_again_even_when_only_versions_moved()
    {
        Synced();
        var due = _state.Next(_now).EndBy;
        _now = due;

        var request = _state.Next(_now);
        var deltas = _state.ListPage([Item("a", 1), Item("b", 2)], "60", "", _now);

        Assert.InRange(due - Kube.Now, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
        Assert.Equal(InformerRequestKind.List, request.Kind);
        Assert.Equal("Resynced a, Resynced b", Show(deltas));
    }

    [Fact]
    public void A_resync_that_fails_goes_on_watching_and_is_tried_again_later()
    {
        Synced();
        _now = _state.Next(_now).EndBy;
        Assert.Equal(InformerRequestKind.List, _state.Next(_now).Kind);

        _state.ListFailed(InformerFailure.Transient, TimeSpan.Zero, _now);

        Assert.Equal((InformerRequestKind.Watch, "10"), (_state.Next(_now).Kind, _state.Next(_now).ResourceVersion));
        Assert.True(_state.Next(_now).EndBy >= _now + Limits.MinListInterval);
    }

    [Fact]
    public void Answers_of_410_again_and_again_make_no_hot_loop()
    {
        var listCount = 0;
        var end = _now + TimeSpan.FromMinutes(10);
        while (_now < end)
        {
            var request = _state.Next(_now);
            _now = request.NotBefore > _now ? request.NotBefore : _now;
            if (request.Kind == InformerRequestKind.List)
            {
                listCount++;
                _state.ListPage([], "1", "", _now);
            }
            else
            {
                _state.WatchFailed(InformerFailure.Expired, TimeSpan.Zero, _now);
            }
        }

        Assert.InRange(listCount, 10, 60);
    }

    [Theory]
    [InlineData(InformerFailure.Transient)]
    [InlineData(InformerFailure.Expired)]
    [InlineData(InformerFailure.TooLarge)]
    [InlineData(InformerFailure.Refused)]
    public void Lists_that_always_fail_back_off(InformerFailure failure)
    {
        var attempts = 0;
        var end = _now + TimeSpan.FromMinutes(10);
        while (_now < end)
        {
            var request = _state.Next(_now);
            _now = request.NotBefore > _now ? request.NotBefore : _now;
            _state.ListFailed(failure, TimeSpan.Zero, _now);
            attempts++;
        }

        Assert.InRange(attempts, 2, 60);
    }

    [Fact]
    public void A_watch_that_always_closes_at_once_backs_off_and_its_version_is_doubted()
    {
        Synced();
        var watches = 0;
        while (_state.Next(_now).Kind == InformerRequestKind.Watch)
        {
            _now = Later(_state.Next(_now).NotBefore, _now);
            _state.WatchOpened(_now);
            _state.WatchEnded(_now);
            watches++;
        }

        Assert.Equal(5, watches);
        Assert.True(_state.Next(_now).NotBefore >= Kube.Now + Limits.MinListInterval);
    }

    [Fact]
    public void The_server_may_ask_for_a_longer_wait_but_not_for_one_without_end()
    {
        Synced();

        _state.WatchFailed(InformerFailure.Transient, TimeSpan.FromSeconds(45), _now);
        var asked = _state.Next(_now).NotBefore - _now;
        _state.WatchFailed(InformerFailure.Transient, TimeSpan.FromDays(9), _now);

        Assert.Equal(TimeSpan.FromSeconds(45), asked);
        Assert.Equal(Limits.RefusedBackoff, _state.Next(_now).NotBefore - _now);
    }

    [Fact]
    public void A_continue_token_that_expired_begins_the_list_anew_without_forgetting()
    {
        _state.ListPage([Item("a", 1)], "10", "token", _now);
        _state.ListFailed(InformerFailure.Expired, TimeSpan.Zero, _now);

        Assert.Equal("", _state.Next(_now).Continue);
        Assert.Equal("Listed b", Show(_state.ListPage([Item("a", 1), Item("b", 2)], "11", "", _now)));
    }

    [Fact]
    public void A_page_too_large_is_asked_for_in_halves()
    {
        _state.ListFailed(InformerFailure.TooLarge, TimeSpan.Zero, _now);

        Assert.Equal(50, _state.Next(_now).Limit);
    }

    [Fact]
    public void Objects_beyond_the_limit_are_refused_and_counted()
    {
        var state = new InformerState(Limits with { MaxObjectCount = 1 }, new Random(7));

        var deltas = state.ListPage([Item("a", 1), Item("b", 2)], "10", "", _now);

        Assert.Equal(("Listed a", 1L, 1), (Show(deltas), state.RefusedCount, state.ItemCount));
    }

    [Fact]
    public void A_restart_compares_with_what_was_known()
    {
        Synced();

        _state.Restart(_now);
        var request = _state.Next(_now);

        Assert.Equal(InformerRequestKind.List, request.Kind);
        Assert.True(request.NotBefore >= Kube.Now + Limits.MinListInterval);
        Assert.Equal("Deleted b", Show(_state.ListPage([Item("a", 1)], "11", "", _now)));
    }

    private readonly List<KubeDelta> _deltas = [];

    private string Watch(Action<InformerState> act)
    {
        _state.WatchOpened(_now);
        _deltas.Clear();
        act(_state);
        return Show(_deltas);
    }

    private void Synced() => _state.ListPage([Item("a", 1), Item("b", 2)], "10", "", _now);

    private static KubeItem Item(string name, int version, string? uid = null)
    {
        var node = Kube.Node(name, version);
        node["metadata"]!["uid"] = uid ?? "uid-" + name;
        return Kube.Map("Node", node);
    }

    private static string Show(IEnumerable<KubeDelta> deltas) =>
        string.Join(", ", deltas.Select(delta => $"{delta.Kind} {delta.After.Key.Split('/')[1]}"));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
