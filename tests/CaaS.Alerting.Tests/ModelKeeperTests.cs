using CaaS.Alerting.Feedback;
using CaaS.Alerting.Runtime.Models;
using CaaS.Alerting.Runtime.Store;
using CaaS.Alerting.Tests.Store;
using CaaS.Analytics.Models;
using CaaS.Log;
using CaaS.Rca;
using CaaS.Signals;
using CaaS.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests;

public sealed class ModelKeeperTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("caas-keeper-").FullName;
    private readonly Database _database = new();
    private readonly FakeTimeProvider _time = new(T0);
    private readonly ActiveModel _active = new();
    private readonly AlertingDatabase _tables;
    private readonly DataFolder _data;
    private readonly CancellationToken _none = TestContext.Current.CancellationToken;

    public ModelKeeperTests()
    {
        _tables = new AlertingDatabase(_database);
        _data = DataFolder.Open(_path);
    }

    public void Dispose()
    {
        _data.Dispose();
        _tables.Dispose();
        _database.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public async Task From_judged_incidents_to_a_rating_on_the_next_and_back_by_hand()
    {
        var store = new FeedbackStore(_tables);
        using var keeper = Keeper(store);
        var engine = new AlertEngine(new AlertingOptions(), []);

        // Ada is paged for small things and says so: incidents whose users feel nothing are noise to her.
        for (var i = 0; i < 70; i++)
        {
            var isFelt = i % 3 != 0;
            var opened = engine.Step(Opened(i, isFelt), _time.GetUtcNow());
            var said = engine.Step(
                Asked(CommandVerbs.AlertFeedback, $"{i:D12}", ("verdict", isFelt ? "wrong" : "noise")), _time.GetUtcNow());
            await store.SaveAsync(opened.Examples, said.Feedback, _none);
            _time.Advance(TimeSpan.FromHours(1));
            await keeper.AdvanceAsync(_none);
        }

        Assert.NotNull(_active.Current);
        Assert.Single(keeper.Versions, version => version.Standing.State == ModelState.Active);
        engine.Step(new AlertInput.ModelChosen(_active.Current), _time.GetUtcNow());
        var useful = engine.Step(Opened(98, true), _time.GetUtcNow()).Alerts[0].Usefulness!;
        var noise = engine.Step(Opened(99, false), _time.GetUtcNow()).Alerts[0].Usefulness!;
        Assert.True(useful.Probability > 0.7 && noise.Probability < 0.3, $"{useful} {noise}");

        var outcome = keeper.Carry(Command(CommandVerbs.ModelRollback, ""), _time.GetUtcNow());
        Assert.Equal((true, "none"), (outcome.Ok, outcome.Subject));
        Assert.Null(_active.Current);
        outcome = keeper.Carry(Command(CommandVerbs.ModelPromote, "1"), _time.GetUtcNow());
        Assert.Equal((true, "usefulness-1"), (outcome.Ok, outcome.Subject));
        Assert.False(keeper.Carry(Command(CommandVerbs.ModelPromote, "x"), _time.GetUtcNow()).Ok);
        Assert.False(keeper.Carry(Command("model.paint", "1"), _time.GetUtcNow()).Ok);
    }

    [Fact]
    public async Task The_store_keeps_the_last_word_of_each_person_and_the_first_example()
    {
        var store = new FeedbackStore(_tables);
        var example = new IncidentExample("a", T0, Cart, "bad-release", [1f, 2f]);
        var word = new IncidentFeedback("a", "ada", FeedbackVerdict.Confirmed, Cart, "bad-release", 1, "", T0);

        await store.SaveAsync([example], [word, word with { Actor = "bob", At = T0.AddSeconds(1) }], _none);
        await store.SaveAsync([example with { FaultClass = "later" }], [word with { Verdict = FeedbackVerdict.Noise, At = T0.AddSeconds(2) }], _none);

        var said = await store.FeedbackAsync("a", 10, _none);
        Assert.Equal(["ada Noise", "bob Confirmed"], said.Select(one => $"{one.Actor} {one.Verdict}"));
        Assert.Empty(await store.FeedbackAsync("b", 10, _none));
        var kept = Assert.Single(await store.ExamplesAsync(10, _none));
        Assert.Equal("bad-release", kept.FaultClass);
        Assert.Equal(example.Features.AsSpan(), kept.Features.AsSpan());
    }

    private AlertInput.IncidentSeen Opened(int number, bool isFelt)
    {
        var incident = Incident(1, id: $"{number:D12}", severity: isFelt ? IncidentSeverity.High : IncidentSeverity.Warning) with
        {
            OpenedAt = _time.GetUtcNow(),
            Affected = isFelt ? [Cart, Stock] : [],
        };
        return new AlertInput.IncidentSeen(new IncidentRecord(0, "opened", incident));
    }

    private ModelKeeper Keeper(FeedbackStore store) => new(
        store, _data, new MemoryLog(_time), _active, Options.Create(new ModelOptions()), _time,
        NullLogger<ModelKeeper>.Instance);
}
