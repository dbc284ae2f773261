using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CaaS.Benchmarks.HardSet;

/// <summary>One number for a whole set, so that a changed set cannot pass for the same.</summary>
internal sealed class Digest
{
    private readonly XxHash3 _hash = new();

    public void Add(HardCase @case)
    {
        Add(@case.Seed);
        Add(@case.Onset);
        Add(@case.Spans.Count);
        Add(@case.Lines.Count);
        Add(@case.Events.Count);
        foreach (var entity in @case.Entities)
        {
            _hash.Append(Encoding.UTF8.GetBytes(entity));
        }

        foreach (var truth in @case.Truths)
        {
            Add(truth.Entity);
            Add(truth.Start);
        }

        foreach (var series in @case.Series)
        {
            Add(series.Entity);
            Add(Math.Round(series.Values.Where(double.IsFinite).DefaultIfEmpty(0).Sum(), 3));
        }
    }

    public override string ToString() => _hash.GetCurrentHashAsUInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private void Add(double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        _hash.Append(bytes);
    }
}
