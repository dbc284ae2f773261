using CaaS.Alerting.Runtime.Store;
using CaaS.Rca;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests.Store;

public sealed class AlertStoreTests : IDisposable
{
    private static readonly AlertQuery All = new(null, [], [], null, null, "", 0, 100);

    private readonly Database _database = new();
    private readonly AlertingDatabase _tables;
    private readonly AlertStore _store;
    private readonly CancellationToken _none = TestContext.Current.CancellationToken;

    public AlertStoreTests()
    {
        _tables = new AlertingDatabase(_database);
        _store = new AlertStore(_tables);
    }

    public void Dispose()
    {
        _tables.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task An_older_revision_never_overwrites_a_newer_one()
    {
        var alert = Alert("a", 2);

        await _store.SaveAsync([alert], [], [], _none);
        await _store.SaveAsync([alert with { Revision = 1, Title = "older" }], [], [], _none);

        var kept = await _store.FindAsync("a", _none);
        Assert.Equal(alert.Title, kept!.Title);
        Assert.Equal(alert.Comments, kept.Comments.ToArray());
        Assert.Equal(alert.ChangedAt, kept.ChangedAt);
        Assert.Null(await _store.FindAsync("b", _none));
    }

    [Fact]
    public async Task Each_filter_finds_what_it_says_and_pages_count_everything()
    {
        await _store.SaveAsync(
            [
                Alert("a", 1),
                Alert("b", 2) with { Status = AlertStatus.Acknowledged, Assignee = "ada" },
                Alert("c", 3) with { SilencedUntil = T0, Severity = IncidentSeverity.Critical },
                Alert("d", 4) with { Status = AlertStatus.Resolved, Title = "Disk is FULL 100%_" },
            ],
            [], [], _none);

        Assert.Equal("d c b a", await IdsAsync(All));
        Assert.Equal("d", await IdsAsync(All with { Statuses = [AlertStatus.Resolved] }));
        Assert.Equal("b", await IdsAsync(All with { Assignee = "ada" }));
        Assert.Equal("d c a", await IdsAsync(All with { Assignee = "" }));
        Assert.Equal("c", await IdsAsync(All with { IsSilenced = true }));
        Assert.Equal("c", await IdsAsync(All with { Severities = [IncidentSeverity.Critical] }));
        Assert.Equal("d", await IdsAsync(All with { Text = "full 100%_" }));
        Assert.Equal("c b", await IdsAsync(All with { Offset = 1, Limit = 2 }));
        await _store.SaveAsync([Alert("b", 2) with { Revision = 9, Usefulness = new(0.9, "usefulness-1") }], [], [], _none);
        Assert.Equal("b d c a", await IdsAsync(All with { Order = AlertOrder.Usefulness }));
        Assert.Equal("", await IdsAsync(All with { Scope = new Scope("other", "one") }));
        Assert.Equal(4, (await _store.ListAsync(All with { Offset = 3 }, _none)).Total);
    }

    [Fact]
    public async Task A_notification_decided_again_does_not_forget_that_it_was_sent()
    {
        var decided = new Notification("n", Scope.Default, "a", "hook", NotificationReason.Opened, "x", T0, null, 0, "");
        await _store.SaveAsync([], [], [decided], _none);
        Assert.Single(await _store.UnsentAsync("hook", 10, _none));
        Assert.Empty(await _store.UnsentAsync("other", 10, _none));

        await _store.NoteAsync(decided with { SentAt = T0, Attempts = 1 }, true, _none);
        await _store.SaveAsync([], [], [decided], _none);

        Assert.Empty(await _store.UnsentAsync("hook", 10, _none));
        Assert.Equal(T0, Assert.Single(await _store.NotificationsAsync("a", 10, _none)).SentAt);
    }

    [Fact]
    public async Task Silences_that_ended_are_left_out()
    {
        var silence = new Silence("s", Scope.Default, "a", null, T0, T0.AddHours(1), "ada", "known");
        var other = silence with { Id = "t", IncidentId = "", Entity = Cart, Until = T0.AddMinutes(1) };

        await _store.SaveAsync([], [silence, other], [], _none);

        Assert.Equal([other, silence], await _store.SilencesAsync(null, T0, _none));
        Assert.Equal([silence], await _store.SilencesAsync(Scope.Default, T0.AddMinutes(1), _none));
        Assert.Empty(await _store.SilencesAsync(new Scope("other", "one"), T0, _none));
    }

    [Fact]
    public async Task The_migration_makes_what_the_model_says()
    {
        await _store.FindAsync("a", _none);
        await using var context = _database.CreateDbContext();

        var migrated = await context.Database.SqlQueryRaw<string>(Schema).ToListAsync(_none);
        await context.Database.ExecuteSqlRawAsync(
            "drop table alr_alerts; drop table alr_silences; drop table alr_notifications; drop table alr_migrations; "
            + "drop table alr_feedback; drop table alr_examples",
            _none);
        await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript(), _none);
        var modelled = await context.Database.SqlQueryRaw<string>(Schema).ToListAsync(_none);

        Assert.Equal(modelled, migrated);
    }

    private const string Schema =
        "select replace(replace(sql, ' ', ''), char(10), '') as Value from sqlite_master where sql is not null and tbl_name <> 'alr_migrations' "
        + "and tbl_name <> '__EFMigrationsLock' order by name";

    private static Alert Alert(string id, int revision) =>
        new AlertEngine(new AlertingOptions(), []).Step(Seen(Incident(1, id: id)), T0.AddSeconds(revision)).Alerts[0]
            with
        { Revision = revision };

    private async Task<string> IdsAsync(AlertQuery query)
    {
        var page = await _store.ListAsync(query, _none);
        return string.Join(' ', page.Alerts.Select(alert => alert.Id));
    }
}
