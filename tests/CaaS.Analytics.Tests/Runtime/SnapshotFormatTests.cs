using CaaS.Analytics.Runtime.Snapshots;
using Xunit;

namespace CaaS.Analytics.Tests.Runtime;

public class SnapshotFormatTests
{
    private const int MaxBytes = 1024 * 1024;

    private readonly Snapshot _snapshot = new(0, 4711, ShopWorld.Start, new AnalyticsEngine(new AnalyticsOptions()).Save());

    [Fact]
    public void A_snapshot_is_read_as_it_was_written()
    {
        var read = SnapshotFormat.Decode(SnapshotFormat.Encode(_snapshot), MaxBytes);

        Assert.Equal(_snapshot with { State = default }, read with { State = default });
        Assert.Equal(_snapshot.State, read.State);
    }

    [Fact]
    public void Every_flipped_bit_is_refused_or_harmless_and_every_truncation_is_refused()
    {
        var bytes = SnapshotFormat.Encode(_snapshot);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(IsRefused(flipped) || SnapshotFormat.Decode(flipped, MaxBytes).State.Span.SequenceEqual(_snapshot.State.Span));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.True(IsRefused(bytes[..length]));
        }

        Assert.True(IsRefused([.. bytes, 0]));
    }

    [Fact]
    public void Too_large_a_state_is_refused()
    {
        var bytes = SnapshotFormat.Encode(_snapshot);

        Assert.Throws<FormatException>(() => SnapshotFormat.Decode(bytes, _snapshot.State.Length - 1));
    }

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            AnalyticsEngine.Load(new AnalyticsOptions(), SnapshotFormat.Decode(bytes, MaxBytes).State);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
