using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Hosting;
using CaaS.Log;
using CaaS.Orchestration.Ports;
using CaaS.Orchestration.Runtime;
using CaaS.Rca;
using CaaS.Rca.Ports;
using CaaS.Rca.Topology;
using CaaS.Signals;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CaaS.Orchestration.Tests.Runtime;

/// <summary>The whole shell in one process: log, ledger on SQLite, actor, and a cluster that plays along.</summary>
public class OrchestrationShellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_answered_approved_carried_out_and_told_in_order()
    {
        await using var place = new Place();
        using (var host = await place.StartAsync(new WillingCluster()))
        {
            await place.SeeAsync(Bench.Incident());
            var proposed = await place.WaitForAsync(o => o.Status == OperationStatus.Proposed);
            await place.AskAsync(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
            await place.WaitForAsync(o => o.EffectSeenAt is not null);
            await place.SeeAsync(Bench.Incident(revision: 2, status: IncidentStatus.Resolved));
            var done = await place.WaitForAsync(o => o.Status == OperationStatus.Succeeded);

            var store = host.Services.GetRequiredService<IOperationStore>();
            Assert.Equal(done.Revision, (await store.FindAsync(done.Id, Cancel))!.Revision);
            Assert.Empty(await store.LiveAsync(Cancel));
            var outcome = SignalsJson.Decode<CommandOutcome>((await place.Log.ReadAsync(Topics.Outcomes, 0, 0, 1, Cancel))[0].Payload.Span);
            Assert.Equal(new CommandOutcome("c1", true, "", done.Id), outcome);
            var change = SignalBatchCodec.Decode((await place.Log.ReadAsync(Topics.Signals, 0, 0, 1, Cancel))[0].Payload);
            Assert.Equal("caas:" + done.Id, Assert.Single(change.Changes).Actor);
            var revisions = (await place.OperationsAsync()).Select(o => o.Revision);
            Assert.Equal(Enumerable.Range(1, done.Revision), revisions);
        }
    }

    [Fact]
    public async Task A_host_that_dies_while_executing_reads_back_and_never_calls_again()
    {
        await using var place = new Place();
        var silent = new WillingCluster { IsSilent = true };
        using (await place.StartAsync(silent))
        {
            await place.SeeAsync(Bench.Incident());
            var proposed = await place.WaitForAsync(o => o.Status == OperationStatus.Proposed);
            await place.AskAsync(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
            await silent.Called.Task.WaitAsync(Cancel);
        }

        var after = new WillingCluster();
        using (await place.StartAsync(after))
        {
            await place.WaitForAsync(o => o.Status == OperationStatus.Verifying);
        }

        Assert.Equal(["execute"], silent.Calls.Where(call => call == "execute"));
        Assert.DoesNotContain("execute", after.Calls);
        Assert.Contains("observe", after.Calls);
    }

    [Fact]
    public async Task The_kill_switch_and_modes_survive_a_restart()
    {
        await using var place = new Place();
        using (await place.StartAsync(new WillingCluster()))
        {
            await place.AskAsync(Bench.Command(
                CommandVerbs.OperationKillSwitch, "", "c1", "operator", ("engaged", "true")));
            await place.AskAsync(Bench.Command(
                CommandVerbs.PolicySetMode, "rollback-config", "c2", "operator", ("mode", "observe")));
            await place.Log.ReadAsync(Topics.Outcomes, 0, 1, 1, Cancel);
        }

        using var host = await place.StartAsync(new WillingCluster());
        await place.AskAsync(Bench.Command(
            CommandVerbs.OperationKillSwitch, "", "c3", "operator", ("engaged", "no")));
        await place.Log.ReadAsync(Topics.Outcomes, 0, 2, 1, Cancel);

        Assert.True(await host.Services.GetRequiredService<IOperationStore>().KillSwitchAsync(Cancel));
        Assert.Equal(PolicyMode.Observe, host.Services.GetRequiredService<IPolicyStore>().All()
            .Single(policy => policy.Name == "rollback-config").Mode);
    }

    [Fact]
    public async Task Records_that_cannot_be_read_are_skipped()
    {
        await using var place = new Place();
        using var host = await place.StartAsync(new WillingCluster());

        await place.Log.AppendAsync(Topics.Incidents, 0, "{broken"u8.ToArray(), Cancel);
        await place.SeeAsync(Bench.Incident());

        await place.WaitForAsync(o => o.Status == OperationStatus.Proposed);
    }

    [Fact]
    public async Task Without_a_cluster_every_operation_is_blocked_and_says_so()
    {
        await using var place = new Place();
        using var host = await place.StartAsync(executor: null);

        await place.SeeAsync(Bench.Incident());
        var blocked = await place.WaitForAsync(o => o.Status == OperationStatus.Blocked);

        Assert.Equal("cluster: " + NothingToActOn.NoCluster, blocked.History[^1].Text);
    }

    [Fact]
    public async Task A_recording_waits_for_approval_and_then_says_that_there_is_nothing_to_act_on()
    {
        await using var place = new Place();
        using var host = await place.StartAsync(new RecordedCluster(new Recorded(), TimeProvider.System));

        await place.SeeAsync(Bench.Incident());
        var proposed = await place.WaitForAsync(o => o.Status == OperationStatus.Proposed);
        await place.AskAsync(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
        var blocked = await place.WaitForAsync(o => o.Status == OperationStatus.Blocked);

        Assert.Equal("Put the pod template of revision 7 back.", proposed.Undo);
        Assert.Equal("cluster: " + RecordedCluster.NothingToActOn, blocked.History[^1].Text);
        Assert.DoesNotContain(await place.OperationsAsync(), o => o.SentAt is not null);
    }

    /// <summary>A recorded cluster that holds the incident's workload.</summary>
    private sealed class Recorded : ITopology
    {
        public GraphSnapshot Now(Scope scope) => new(
            DateTimeOffset.UnixEpoch,
            [
                new GraphNode(
                    Bench.Incident().Hypotheses[0].Entity,
                    ImmutableSortedDictionary<string, string>.Empty
                        .Add(KubeFacts.Replicas, "2").Add(KubeFacts.ReadyReplicas, "1").Add(KubeFacts.Revision, "7"),
                    true, []),
            ],
            []);
    }

    /// <summary>What outlives a host: log and database.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly string _connection;
        private readonly SqliteConnection _keeper;

        public Place()
        {
            _connection = $"Data Source=orc{GetHashCode()};Mode=Memory;Cache=Shared";
            _keeper = new SqliteConnection(_connection);
            _keeper.Open();
        }

        public MemoryLog Log { get; } = new(TimeProvider.System);

        public async Task<IHost> StartAsync(IExecutor? executor)
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["Orchestration:ObserveEvery"] = "00:00:00.2" });
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddSingleton<ILog>(Log);
            if (executor is not null)
            {
                builder.Services.AddSingleton(executor);
            }

            builder.Services.AddOrchestration(builder.Configuration, database => database.UseSqlite(_connection));
            builder.Services.AddAkka("orchestration-test", akka => akka
                .AddHocon("akka { stdout-loglevel = off, loglevel = off, log-dead-letters = off }", HoconAddMode.Prepend)
                .ConfigureLoggers(loggers => loggers.ClearLoggers()).WithOrchestration());
            var host = builder.Build();
            await host.StartAsync(Cancel);
            return new StoppingHost(host);
        }

        public async Task SeeAsync(Incident incident) => await Log.AppendAsync(
            Topics.Incidents, 0, SignalsJson.Encode(new IncidentRecord(0, "updated", incident)), Cancel);

        public async Task AskAsync(Command command) =>
            await Log.AppendAsync(Topics.Commands, 0, SignalsJson.Encode(command), Cancel);

        public async Task<Operation> WaitForAsync(Predicate<Operation> isWanted)
        {
            for (var next = 0L; ;)
            {
                foreach (var entry in await Log.ReadAsync(Topics.Operations, 0, next, 1, Cancel))
                {
                    next = entry.Offset + 1;
                    var operation = SignalsJson.Decode<OperationRecord>(entry.Payload.Span).Operation;
                    if (isWanted(operation))
                    {
                        return operation;
                    }
                }
            }
        }

        public async Task<IReadOnlyList<Operation>> OperationsAsync() =>
            [.. (await Log.ReadAsync(Topics.Operations, 0, 0, 1, Cancel))
                .Select(entry => SignalsJson.Decode<OperationRecord>(entry.Payload.Span).Operation)];

        public ValueTask DisposeAsync() => _keeper.DisposeAsync();
    }

    /// <summary>Stops its actors before it is disposed.</summary>
    private sealed class StoppingHost(IHost host) : IHost
    {
        public IServiceProvider Services => host.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

        public void Dispose()
        {
            host.StopAsync().GetAwaiter().GetResult();
            host.Dispose();
        }
    }

    /// <summary>Says yes to everything, or takes the call and never answers.</summary>
    private sealed class WillingCluster : IExecutor
    {
        public bool IsSilent { get; init; }

        public ConcurrentQueue<string> Calls { get; } = new();

        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<CheckReport> CheckAsync(Operation operation, CancellationToken cancellationToken)
        {
            Calls.Enqueue("check");
            var bench = new Bench { Now = TimeProvider.System.GetUtcNow() };
            return Task.FromResult(bench.GoodReport(operation));
        }

        public async Task<CallReport> ExecuteAsync(Operation operation, CancellationToken cancellationToken)
        {
            Calls.Enqueue("execute");
            Called.TrySetResult();
            if (IsSilent)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new CallReport(CallOutcome.Accepted, "");
        }

        public Task<EffectReport> ObserveAsync(Operation operation, CancellationToken cancellationToken)
        {
            Calls.Enqueue("observe");
            return Task.FromResult(new EffectReport(EffectState.Reached, "2 of 2."));
        }

        public Task<CallReport> UndoAsync(Operation operation, CancellationToken cancellationToken) =>
            Task.FromResult(new CallReport(CallOutcome.Accepted, ""));
    }
}
