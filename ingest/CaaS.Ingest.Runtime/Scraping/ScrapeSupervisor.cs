using System.IO.Hashing;
using System.Text;
using Akka.Actor;
using CaaS.Ingest.Runtime.Periodic;

namespace CaaS.Ingest.Runtime.Scraping;

/// <summary>Keeps one child per target of a source: starts those that appear, retires those that are gone.</summary>
internal sealed class ScrapeSupervisor : ReceiveActor
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ScrapeContext _context;
    private readonly Func<IEnumerable<ScrapeTarget>> _discover;
    private readonly Dictionary<string, IActorRef> _childOf = new(StringComparer.Ordinal);
    private ITimer? _timer;

    public ScrapeSupervisor(ScrapeContext context, Func<IEnumerable<ScrapeTarget>> discover)
    {
        _context = context;
        _discover = discover;
        Receive<Look>(_ => Apply());
    }

    public static Props Props(ScrapeContext context, Func<IEnumerable<ScrapeTarget>> discover) =>
        Akka.Actor.Props.Create(() => new ScrapeSupervisor(context, discover));

    protected override void PreStart()
    {
        var self = Self;
        _timer = _context.Time.CreateTimer(_ => self.Tell(Look.Instance), null, TimeSpan.Zero, LookInterval);
    }

    protected override void PostStop() => _timer?.Dispose();

    /// <summary>Spreads targets over the interval, the same way in every run.</summary>
    private static TimeSpan PhaseOf(string key, TimeSpan interval)
    {
        var share = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key)) / (double)ulong.MaxValue;
        return interval * share * 0.999;
    }

    private void Apply()
    {
        var settings = _context.Settings;
        var wanted = new Dictionary<string, ScrapeTarget>(StringComparer.Ordinal);
        var refusedCount = 0;
        foreach (var target in _discover())
        {
            if (wanted.Count < settings.MaxTargets)
            {
                wanted.TryAdd(target.Key, target);
            }
            else
            {
                refusedCount++;
            }
        }

        _context.Metrics.Dropped(settings.Source, "TargetCount", refusedCount);
        foreach (var key in _childOf.Keys.Where(key => !wanted.ContainsKey(key)).ToArray())
        {
            _childOf[key].Tell(PeriodicActor.Retire.Instance);
            _childOf.Remove(key);
        }

        foreach (var (key, target) in wanted)
        {
            if (!_childOf.ContainsKey(key))
            {
                var work = new ScrapeWork(_context, target, PhaseOf(key, settings.Interval));
                _childOf[key] = Context.ActorOf(
                    PeriodicActor.Props(work, _context.Time, _context.Metrics, _context.Logger));
            }
        }
    }

    private sealed class Look
    {
        public static readonly Look Instance = new();
    }
}
