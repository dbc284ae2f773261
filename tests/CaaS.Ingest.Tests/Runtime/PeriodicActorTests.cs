using Akka.Actor;
using Akka.TestKit.Xunit;
using CaaS.Ingest.Runtime.Periodic;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Scope = CaaS.Signals.Scope;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class PeriodicActorTests : TestKit
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_failed_step_is_followed_by_the_next_and_the_end_comes_once()
    {
        await using var bench = new IngestBench();
        var work = new Scripted(TestActor);
        var actor = Sys.ActorOf(PeriodicActor.Props(work, _time, bench.Metrics, NullLogger.Instance));
        Watch(actor);
        await actor.Ask<ActorIdentity>(new Identify(1), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg("step 1", cancellationToken: TestContext.Current.CancellationToken);

        // The next one is due while the first still runs: it is left out.
        _time.Advance(TimeSpan.FromSeconds(1));
        work.Finish(new InvalidOperationException("first fails"));
        actor.Tell(PeriodicActor.Retire.Instance);
        actor.Tell(PeriodicActor.Retire.Instance);

        ExpectMsg("end", cancellationToken: TestContext.Current.CancellationToken);
        ExpectTerminated(actor, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, work.StepCount);
    }

    [Fact]
    public async Task Each_second_has_its_tick()
    {
        await using var bench = new IngestBench();
        using var writer = bench.Writer();
        var work = new Ticker(writer, Scope.Default);
        Assert.Equal(TimeSpan.FromSeconds(1), work.Interval);

        await work.StepAsync(TestContext.Current.CancellationToken);
        await work.StepAsync(TestContext.Current.CancellationToken);

        Assert.Equal([true, true], (await bench.BatchesAsync(TestContext.Current.CancellationToken)).Select(batch => batch.IsTick));
    }

    private sealed class Scripted(IActorRef told) : IPeriodicWork
    {
        private readonly TaskCompletionSource _step = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "test";

        public TimeSpan Interval => TimeSpan.FromSeconds(1);

        public TimeSpan FirstDelay => TimeSpan.FromSeconds(1);

        public int StepCount { get; private set; }

        public Task StepAsync(CancellationToken cancellationToken)
        {
            told.Tell($"step {++StepCount}");
            return _step.Task;
        }

        public void Finish(Exception error) => _step.SetException(error);

        public Task EndAsync(CancellationToken cancellationToken)
        {
            told.Tell("end");
            return Task.CompletedTask;
        }
    }
}
