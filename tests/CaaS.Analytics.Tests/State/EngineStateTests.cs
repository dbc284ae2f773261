using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using CaaS.Analytics.LogAnomalies;
using CaaS.Analytics.Objectives;
using CaaS.Analytics.Unusual;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.State;

public class EngineStateTests
{
    private const int Seconds = 420;

    /// <summary>Short times, so that series and targets are forgotten while others go on.</summary>
    private readonly AnalyticsOptions _options = new()
    {
        AbsentAfter = TimeSpan.FromSeconds(40),
        ForgetAfter = TimeSpan.FromSeconds(90),
        MaxTemplatesPerEntity = 64,
        Logs = new LogWatchOptions
        {
            Rates = LogAnomalyMode.On,
            Parameters = LogAnomalyMode.On,
            Sequences = LogAnomalyMode.On,
            Counts = LogAnomalyMode.On,
        },
        Ensemble = new UnusualOptions { Mode = UnusualMode.On, PValueMax = 0.01 },
        Slo = [new ObjectiveOptions { Name = "availability", Entity = "*/*/*" }],
    };

    [Property(MaxTest = 4)]
    public void Whoever_is_saved_and_loaded_again_goes_on_as_if_nothing_had_been(byte seed, byte stride)
    {
        var steps = Stream(seed).ToList();
        var whole = new AnalyticsEngine(_options);
        var broken = new AnalyticsEngine(_options);
        var saves = 0;
        for (var index = 0; index < steps.Count; index++)
        {
            if (index % (40 + stride) == 0)
            {
                broken = AnalyticsEngine.Load(_options, broken.Save());
                saves++;
            }

            Assert.Equal(Encode(whole, steps[index]), Encode(broken, steps[index]));
        }

        Assert.InRange(saves, 3, 100);
        Assert.Equal(SignalsJson.Encode(whole.Counts), SignalsJson.Encode(broken.Counts));
        Assert.Equal(whole.Save(), broken.Save());
    }

    [Property(MaxTest = 3)]
    public void The_same_state_gives_the_same_bytes(byte seed)
    {
        var engine = Learned(seed);
        var saved = engine.Save().ToArray();

        Assert.Equal(saved, engine.Save());
        Assert.Equal(saved, AnalyticsEngine.Load(_options, saved).Save());
    }

    [Fact]
    public void No_field_is_forgotten()
    {
        var engine = Learned(5);

        var difference = Graph.Difference(engine, AnalyticsEngine.Load(_options, engine.Save()));

        Assert.True(difference is null, difference);
    }

    [Fact]
    public void An_engine_that_knows_nothing_is_saved_as_well()
    {
        var saved = new AnalyticsEngine(_options).Save();

        Assert.Equal(saved, AnalyticsEngine.Load(_options, saved).Save());
    }

    [Fact]
    public void Every_truncation_and_every_flipped_bit_is_refused()
    {
        var saved = Learned(7).Save().ToArray();
        var random = new Random(7);
        for (var time = 0; time < 300; time++)
        {
            var flipped = saved.ToArray();
            flipped[random.Next(saved.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<FormatException>(() => AnalyticsEngine.Load(_options, flipped));
            Assert.Throws<FormatException>(() => AnalyticsEngine.Load(_options, saved.AsMemory(0, random.Next(saved.Length))));
        }

        Assert.Throws<FormatException>(() => AnalyticsEngine.Load(_options, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }));
    }

    /// <summary>A right checksum over nonsense: the limits of the reader itself.</summary>
    [Fact]
    public void Nonsense_that_is_sealed_is_loaded_or_refused()
    {
        var saved = Learned(8).Save().ToArray();
        var random = new Random(8);
        var refused = 0;
        for (var time = 0; time < 1500; time++)
        {
            var length = time % 2 == 0 ? saved.Length : random.Next(sizeof(ulong), saved.Length);
            var nonsense = saved[..length];
            var at = 12 + random.Next(Math.Max(1, length - 20));
            nonsense.AsSpan(Math.Min(at, length), Math.Clamp(length - at, 0, 4)).Fill((byte)random.Next(256));
            Seal(nonsense);
            try
            {
                AnalyticsEngine.Load(_options, nonsense);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 750, 1500);
    }

    [Fact]
    public void Bytes_that_follow_are_refused()
    {
        byte[] longer = [.. Learned(9).Save().Span, 1];
        Seal(longer);

        Assert.Throws<FormatException>(() => AnalyticsEngine.Load(_options, longer));
    }

    [Fact]
    public void Another_layout_is_refused_and_named()
    {
        var saved = new AnalyticsEngine(_options).Save().ToArray();
        saved[0]++;
        Seal(saved);

        var error = Assert.Throws<FormatException>(() => AnalyticsEngine.Load(_options, saved));
        Assert.Contains("version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_settings_are_refused_but_for_those_of_the_shell()
    {
        var saved = new AnalyticsEngine(new AnalyticsOptions()).Save();

        AnalyticsEngine.Load(new AnalyticsOptions { WarmUp = TimeSpan.FromHours(1), ReadBytes = 9000 }, saved);
        var error = Assert.Throws<FormatException>(() => AnalyticsEngine.Load(new AnalyticsOptions { SlotSeconds = 6 }, saved));
        Assert.Contains("settings", error.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => AnalyticsEngine.Load(new AnalyticsOptions { IgnoredRoutes = [] }, saved));
    }

    private static byte[] Encode(AnalyticsEngine engine, (SignalBatch Batch, DateTimeOffset Now) step) =>
        SignalsJson.Encode(engine.Step(step.Batch, step.Now));

    private static void Seal(Span<byte> bytes) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[^sizeof(ulong)..], XxHash3.HashToUInt64(bytes[..^sizeof(ulong)]));

    private AnalyticsEngine Learned(int seed)
    {
        var engine = new AnalyticsEngine(_options);
        foreach (var (batch, now) in Stream(seed))
        {
            engine.Step(batch, now);
        }

        return engine;
    }

    /// <summary>A world in which services fail, leak, fall silent, are deleted and come back, and write
    /// lines.</summary>
    private static IEnumerable<(SignalBatch Batch, DateTimeOffset Now)> Stream(int seed)
    {
        var world = new ShopWorld(seed);
        var random = new Random(seed);
        while (world.Second < Seconds)
        {
            world.ErrorShare["cart"] = world.Second is > 200 and < 260 ? 0.3 : 0;
            world.LatencyFactor["payment"] = world.Second is > 220 and < 300 ? 8 : 1;
            world.LeakBytesPerSecond["catalogue"] = world.Second > 200 ? ShopWorld.MiB : 0;
            Set(world.SilentServices, "stock", world.Second is > 180 and < 330);
            Set(world.DeletedServices, "checkout", world.Second is > 150 and < 310);
            foreach (var batch in world.NextSecond())
            {
                yield return (batch, world.Now);
            }

            if (world.Second % 100 == 0)
            {
                yield return (world.Objects(isDeleted: true), world.Now);
            }

            yield return (Lines(world.Now, random), world.Now);
        }
    }

    private static void Set(HashSet<string> services, string service, bool isIn)
    {
        services.Remove(service);
        if (isIn)
        {
            services.Add(service);
        }
    }

    private static SignalBatch Lines(DateTimeOffset now, Random random) => new()
    {
        Scope = Scope.Default,
        Source = "logs",
        Logs = [.. Failures(now, random), .. Requests(now, random)],
    };

    /// <summary>Few kinds of lines, of which some turn out to be one.</summary>
    private static IEnumerable<LogRecord> Failures(DateTimeOffset now, Random random) =>
        Enumerable.Range(0, random.Next(3)).Select(_ => Line(
            now, random, random.Next(3) == 0 ? Severity.Error : Severity.Warning,
            $"{new string('x', 1 + random.Next(4))} of {new string('y', 1 + random.Next(9))} failed \ud83d", ""));

    /// <summary>Requests of three lines with a number, and now and then other lines, orders and numbers.</summary>
    private static IEnumerable<LogRecord> Requests(DateTimeOffset now, Random random)
    {
        var isOdd = now.Second is > 20 and < 50 && now.Minute % 3 == 0;
        for (var request = 0; request < 3; request++)
        {
            var trace = random.NextInt64(long.MaxValue).ToString("x32", CultureInfo.InvariantCulture);
            yield return Line(now, random, Severity.Unspecified, "begin", trace);
            yield return Line(now, random, Severity.Information, isOdd ? "waited for a lock" : "stored order", trace);
            yield return Line(
                now, random, Severity.Information, $"done in took={(isOdd ? 9000 : 20) + random.Next(9)} ms", trace);
        }
    }

    private static LogRecord Line(DateTimeOffset now, Random random, Severity severity, string body, string trace) => new(
        now, ShopWorld.Entity(random.Next(2) == 0 ? "cart" : "payment"), "cart-6d5f-0", "main", severity, body, trace, "", []);
}
