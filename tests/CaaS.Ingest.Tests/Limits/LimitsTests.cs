using System.IO.Compression;
using CaaS.Ingest.Limits;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Limits;

public class LimitsTests
{
    [Fact]
    public void A_bomb_is_refused_by_its_growth_and_by_its_size()
    {
        var bomb = Gzip(new byte[8 * 1024 * 1024]);

        Assert.False(BoundedGzip.TryDecompress(bomb, new IngestLimits(), out var body, out var byRatio));
        Assert.True(body.IsEmpty);
        Assert.Equal("ratio", byRatio);
        BoundedGzip.TryDecompress(bomb, new IngestLimits { MaxDecompressedBytes = 1024 * 1024, MaxDecompressionRatio = 1000 }, out _, out var bySize);
        Assert.Equal("too-large", bySize);
        BoundedGzip.TryDecompress(bomb, new IngestLimits { MaxCompressedBytes = 1024 }, out _, out var byWire);
        Assert.Equal("too-large", byWire);
    }

    [Fact]
    public void Concatenated_members_count_together()
    {
        var member = Gzip(new byte[400 * 1024]);
        byte[] many = [.. Enumerable.Repeat(member, 20).SelectMany(bytes => bytes)];

        Assert.False(BoundedGzip.TryDecompress(many, new IngestLimits(), out _, out var why));
        Assert.Equal("ratio", why);
    }

    [Theory]
    [InlineData("this is no gzip at all")]
    [InlineData("x")]
    public void What_is_no_gzip_is_malformed(string text)
    {
        Assert.False(BoundedGzip.TryDecompress(System.Text.Encoding.ASCII.GetBytes(text), new IngestLimits(), out _, out var why));
        Assert.Equal("malformed", why);
    }

    [Property]
    public void What_was_compressed_comes_back(byte[] bytes)
    {
        Assert.True(BoundedGzip.TryDecompress(Gzip(bytes), new IngestLimits(), out var body, out _));
        Assert.Equal(bytes, body.ToArray());
    }

    [Property]
    public void Any_bytes_end_without_a_throw(byte[] bytes) =>
        BoundedGzip.TryDecompress((byte[])[0x1f, 0x8b, 8, 0, .. bytes], new IngestLimits(), out _, out _);

    [Property]
    public void A_split_batch_keeps_every_row_in_order_and_no_part_is_too_large(byte count, byte max)
    {
        var builder = new MetricColumnsBuilder();
        var entity = new EntityRef(Scope.Default, "a", "B", "c");
        for (var index = 0; index < count; index++)
        {
            builder.Add(new SeriesKey(entity, $"m{index % 7}", [], MetricKind.Gauge), index, index);
        }

        var documents = Enumerable.Range(0, count).Select(i => new Document(DateTimeOffset.UnixEpoch, $"{i}", "", ""));
        var batch = new SignalBatch { Scope = Scope.Default, Source = "s", Metrics = builder.Drain(), Documents = [.. documents] };

        var parts = BatchSplitter.Split(batch, max + 1);

        Assert.All(parts, part => Assert.InRange(part.RowCount, 0, max + 1));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (double)i), parts.SelectMany(part => part.Metrics.Value));
        Assert.Equal(batch.Documents, parts.SelectMany(part => part.Documents));
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
            gzip.Flush();
        }

        return target.ToArray();
    }
}
