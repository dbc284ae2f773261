using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Rca;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Orchestration.Tests;

/// <summary>The rails hold whatever happens: any order of inputs, duplicates, lost reports, crashes before and after
/// the save.</summary>
public class OperationsEngineProperties
{
    private const int MaxPerHour = 4;

    [Property(MaxTest = 100, EndSize = 800)]
    public void No_history_of_inputs_and_crashes_breaks_a_rail(byte[] script)
    {
        var world = new World();
        for (var index = 0; index + 1 < script.Length; index += 2)
        {
            world.Act(script[index], script[index + 1]);
        }
    }

    [Property(MaxTest = 30, EndSize = 300)]
    public void The_same_inputs_make_the_same_bytes(byte[] script)
    {
        var first = new World();
        var second = new World();
        for (var index = 0; index + 1 < script.Length; index += 2)
        {
            first.Act(script[index], script[index + 1]);
            second.Act(script[index], script[index + 1]);
        }

        Assert.Equal(first.Story, second.Story);
    }

    [Fact]
    public void The_model_does_reach_the_calls_it_guards()
    {
        var random = new Random(7);
        var sent = 0;
        for (var run = 0; run < 100; run++)
        {
            var world = new World();
            for (var act = 0; act < 400; act++)
            {
                world.Act((byte)random.Next(256), (byte)random.Next(256));
            }

            sent += world.SentCount;
        }

        Assert.InRange(sent, 100, int.MaxValue);
    }

    /// <summary>A model of shell, ledger and cluster that crashes when told to.</summary>
    private sealed class World
    {
        private static readonly EntityRef[] Causes =
            [Bench.Cart, Bench.NodeTwo, new(Scope.Default, "-", "Node", "node1"), new(Scope.Default, "shop", "Deployment", "pay")];

        private readonly OperationsOptions _options = new() { MaxPerHour = MaxPerHour };
        private readonly Policy[] _policies =
            [Bench.Rollback(), Bench.Rollback(PolicyMode.Auto) with { Name = "auto", FaultClasses = ["config-error"] }, Bench.Cordon()];

        private readonly Dictionary<string, Operation> _ledger = [];
        private readonly Dictionary<string, Incident> _incidents = [];
        private readonly Dictionary<string, CheckReport> _lastReport = [];
        private readonly HashSet<string> _sent = [];
        private readonly HashSet<string> _approvedByPerson = [];
        private readonly List<string> _story = [];
        private DateTimeOffset _now = Bench.T0;
        private OperationsEngine _engine;
        private OperationsInput? _last;
        private bool _durableKill;
        private bool _fileKill;
        private int _commandCount;

        public World()
        {
            _engine = new OperationsEngine(_options);
            Tell(new OperationsInput.PoliciesChanged([.. _policies]));
        }

        public int SentCount => _sent.Count;

        public string Story => string.Join('\n', _story);

        public void Act(byte what, byte how)
        {
            switch (what % 14)
            {
                case 0 or 1:
                    Tell(SeeIncident(how));
                    break;
                case 2 or 3 when Pick(how) is { } operation:
                    Tell(new OperationsInput.CommandSeen(Approve(operation)));
                    break;
                case 4 or 5 or 6 when Pick(how, OperationStatus.Checking) is { } operation:
                    Tell(Report(operation, how));
                    break;
                case 7 when Pick(how) is { } operation:
                    Tell(new OperationsInput.ExecutionReported(operation.Id, (CallOutcome)(how % 3), ""));
                    break;
                case 8 when Pick(how) is { } operation:
                    Tell(new OperationsInput.EffectReported(operation.Id, (EffectState)(how % 5), ""));
                    break;
                case 9 when Pick(how) is { } operation:
                    Tell(new OperationsInput.UndoReported(operation.Id, (CallOutcome)(how % 3), ""));
                    break;
                case 10:
                    _now += TimeSpan.FromSeconds(how % 4 == 0 ? how * 5 : 1);
                    _fileKill = how % 11 == 0;
                    Tell(new OperationsInput.Tick(_fileKill));
                    break;
                case 11 when _last is not null:
                    Tell(_last);
                    break;
                case 12:
                    Restart();
                    break;
                case 13:
                    Tell(new OperationsInput.CommandSeen(Bench.Command(
                        CommandVerbs.OperationKillSwitch, "", $"k{_commandCount++}", "operator",
                        ("engaged", how % 3 == 0 ? "true" : "false"))));
                    break;
                default:
                    break;
            }

            if (what > 245)
            {
                Restart();
            }
        }

        /// <summary>Steps, then crashes before the save, after it, or not at all.</summary>
        private void Tell(OperationsInput input)
        {
            _last = input;
            var step = _engine.Step(input, _now);
            _story.Add(JsonSerializer.Serialize(step.Changed, OrchestrationJson.Options) + step.Effects.Length);
            if (_story.Count % 13 == 0)
            {
                Restart();
                return;
            }

            foreach (var operation in step.Changed)
            {
                Assert.Equal((_ledger.GetValueOrDefault(operation.Id)?.Revision ?? 0) + 1, operation.Revision);
                _ledger[operation.Id] = operation;
            }

            foreach (var set in step.Effects.OfType<OperationEffect.SetKillSwitch>())
            {
                _durableKill = set.Engaged;
            }

            if (_story.Count % 17 == 0)
            {
                Restart();
                return;
            }

            foreach (var effect in step.Effects)
            {
                Check(effect);
            }
        }

        private void Check(OperationEffect effect)
        {
            if (effect is OperationEffect.Undo { Operation: var undone })
            {
                Assert.DoesNotContain(_ledger.Values,
                    o => o.Id != undone.Id && o.IsUnderWay && o.Undoing != UndoState.Pending);
                Assert.False(_durableKill || _fileKill, "Undone against the kill switch.");
                return;
            }

            if (effect is not OperationEffect.Execute { Operation: var operation })
            {
                return;
            }

            Assert.True(_sent.Add(operation.Id), "Sent twice.");
            Assert.Equal(_ledger[operation.Id], operation);
            Assert.Equal(OperationStatus.Executing, operation.Status);
            Assert.True(_ledger.Values.Count(o => o.IsUnderWay) <= _options.MaxConcurrent, "Too many at once.");
            Assert.False(_durableKill || _fileKill, "Sent against the kill switch.");
            Assert.True(_now < operation.ExpiresAt, "Sent after it lapsed.");
            var report = _lastReport[operation.Id];
            Assert.True(report.Facts != TargetFacts.Missing && report.Checks.All(c => c.Ok), "Missing data authorised it.");
            Assert.True(_now - report.ReadAt <= _options.ChecksValidFor, "Stale data authorised it.");
            Assert.True(_approvedByPerson.Contains(operation.Id) || operation.Policy == "auto", "Nobody allowed it.");
            Assert.True(
                _ledger.Values.Count(o => o.SentAt > _now - TimeSpan.FromHours(1)) <= MaxPerHour, "Over budget.");
            var touched = _ledger.Values
                .Where(o => o.Id != operation.Id && o.SentAt is not null && o.Target == operation.Target)
                .Select(o => _now - o.History[^1].Time);
            Assert.All(touched, rest => Assert.True(rest >= TimeSpan.FromMinutes(10), "Sent within the cooldown."));
            Assert.Single(_ledger.Values, o => o.IsLive && o.Target == operation.Target);
        }

        private void Restart()
        {
            _engine = new OperationsEngine(_options);
            _engine.Step(new OperationsInput.Restored(
                [.. _ledger.Values], [.. _incidents.Values], _durableKill), _now);
            Absorb(_engine.Step(new OperationsInput.PoliciesChanged([.. _policies]), _now));
            Absorb(_engine.Step(new OperationsInput.Tick(_fileKill), _now));
        }

        private void Absorb(OperationsStep step)
        {
            foreach (var operation in step.Changed)
            {
                _ledger[operation.Id] = operation;
            }

            foreach (var effect in step.Effects)
            {
                Check(effect);
            }
        }

        private OperationsInput.IncidentSeen SeeIncident(byte how)
        {
            var id = "incident" + (how % 3);
            var revision = (_incidents.GetValueOrDefault(id)?.Revision ?? 0) + 1;
            var cause = Causes[how / 3 % Causes.Length];
            var faultClass = cause.Kind == "Node" ? "node-lost" : how % 2 == 0 ? "bad-release" : "config-error";
            var incident = Bench.Incident(
                id, revision, how > 230 ? IncidentStatus.Resolved : IncidentStatus.Open, cause, faultClass,
                how % 7 == 0 ? 0.3 : 0.8) with
            {
                MissingData = how % 5 == 0 ? ["cadvisor"] : ImmutableArray<string>.Empty,
            };
            _incidents[id] = incident;
            return new OperationsInput.IncidentSeen(new IncidentRecord(0, "updated", incident));
        }

        private Command Approve(Operation operation)
        {
            _approvedByPerson.Add(operation.Id);
            return Bench.Command(CommandVerbs.OperationApprove, operation.Id, $"a{_commandCount++}");
        }

        private OperationsInput.CheckReported Report(Operation operation, byte how)
        {
            var bench = new Bench { Now = how % 9 == 0 ? _now - TimeSpan.FromMinutes(1) : _now };
            var report = bench.GoodReport(operation);
            report = (how % 8) switch
            {
                0 => report with { Facts = TargetFacts.Missing },
                1 => report with { Checks = [] },
                2 => report with { Checks = [new OperationCheck("dry-run", false, "No.")] },
                _ => report,
            };
            if (how % 8 == 3)
            {
                report = report with { Revision = report.Revision - 1 };
            }
            else
            {
                _lastReport[operation.Id] = report;
            }

            return new OperationsInput.CheckReported(report);
        }

        private Operation? Pick(byte how, OperationStatus? status = null)
        {
            var some = _ledger.Values.Where(o => status is null || o.Status == status)
                .OrderBy(o => o.IsLive ? 0 : 1).ThenBy(o => o.Id, StringComparer.Ordinal).Take(6).ToArray();
            return some.Length == 0 ? null : some[how % some.Length];
        }
    }
}
