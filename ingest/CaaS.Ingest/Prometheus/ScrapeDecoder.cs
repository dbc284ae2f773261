using System.IO.Hashing;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Prometheus;

/// <summary>Turns the scrapes of one target into points; remembers the target's series, so that known ones make no
/// strings.</summary>
/// <remarks>
/// Hot path: a sample of a known series costs one hash of its raw bytes and one look-up. Not thread-safe: a target has
/// one owner. Series that differ only in dropped labels are summed. A series that is no longer exposed gets one NaN,
/// which ends it.
/// </remarks>
public sealed class ScrapeDecoder
{
    private readonly ISeriesMapper _mapper;
    private readonly CardinalityGuard _guard;
    private readonly IngestLimits _limits;
    private readonly Dictionary<UInt128, Exposed> _exposed = [];
    private readonly Dictionary<SeriesKey, Slot> _slots = [];
    private readonly List<Slot> _order = [];
    private readonly List<Label> _labels = [];
    private long _generation;

    /// <summary>Makes the decoder of one target.</summary>
    /// <param name="mapper">Names the series.</param>
    /// <param name="guard">Limit over all targets.</param>
    /// <param name="limits">Limits of this target.</param>
    public ScrapeDecoder(ISeriesMapper mapper, CardinalityGuard guard, IngestLimits limits)
    {
        _mapper = mapper;
        _guard = guard;
        _limits = limits;
    }

    /// <summary>Series that are live.</summary>
    public int SeriesCount => _slots.Count;

    /// <summary>Decodes one scrape.</summary>
    /// <param name="body">Whole body.</param>
    /// <param name="isOpenMetrics">True when the target said so in its content type.</param>
    /// <param name="nowMs">Time of the scrape, Unix milliseconds; used for samples without their own.</param>
    /// <param name="output">Receives the points, series in the order first exposed.</param>
    /// <returns>Counts.</returns>
    public ScrapeResult Decode(ReadOnlySpan<byte> body, bool isOpenMetrics, long nowMs, MetricColumnsBuilder output)
    {
        _generation++;
        var dropped = new DropCounts();
        var sampleCount = 0;
        var pointCount = output.Count;
        var reader = new PrometheusTextReader(body, isOpenMetrics);
        while (reader.Read())
        {
            sampleCount++;
            if (!TryFind(ref reader, dropped, out var slot))
            {
                continue;
            }

            var timestampMs = reader.TimestampMs ?? nowMs;
            if (timestampMs < nowMs - _limits.MaxSampleAge.TotalMilliseconds
                || timestampMs > nowMs + _limits.MaxSampleAhead.TotalMilliseconds)
            {
                dropped.Add(DropReason.TimeOutOfRange);
                continue;
            }

            Measure(slot, reader.Value, timestampMs, dropped);
        }

        dropped.Add(DropReason.Malformed, reader.MalformedCount);
        Emit(nowMs, dropped, output);
        return new ScrapeResult(sampleCount, output.Count - pointCount, dropped, reader.FirstMalformedLine);
    }

    /// <summary>Ends every series of the target, when it is gone.</summary>
    /// <param name="nowMs">Time, Unix milliseconds.</param>
    /// <param name="output">Receives one NaN per series.</param>
    public void Retire(long nowMs, MetricColumnsBuilder output)
    {
        foreach (var slot in _order)
        {
            output.Add(slot.Series, nowMs, double.NaN);
        }

        _guard.GiveBack(_order.Count);
        _order.Clear();
        _slots.Clear();
        _exposed.Clear();
    }

    private bool TryFind(ref PrometheusTextReader reader, DropCounts dropped, out Slot slot)
    {
        slot = null!; // Set whenever the answer is true.
        var hash = XxHash128.HashToUInt128(reader.Series, (long)reader.Kind);
        if (!_exposed.TryGetValue(hash, out var exposed))
        {
            if (_exposed.Count >= 4L * _limits.MaxSeriesPerTarget)
            {
                dropped.Add(DropReason.TargetLimit);
                return false;
            }

            exposed = new Exposed();
            _exposed.Add(hash, exposed);
        }

        if (exposed.Generation == _generation)
        {
            dropped.Add(DropReason.Duplicate);
            return false;
        }

        exposed.Generation = _generation;
        if (!exposed.IsFinal)
        {
            Name(exposed, ref reader);
        }

        if (exposed.Slot is null)
        {
            dropped.Add(exposed.Reason);
            return false;
        }

        slot = exposed.Slot;
        return true;
    }

    private void Name(Exposed exposed, ref PrometheusTextReader reader)
    {
        var mapping = PrometheusSeries.TryParse(reader.Series, _limits, out var metric, _labels, out var reason)
            ? _mapper.Map(metric, _labels, reader.Kind)
            : SeriesMapping.Drop(reason);
        exposed.IsFinal = mapping.IsFinal;
        exposed.Reason = mapping.Reason;
        exposed.Slot = null;
        if (mapping.Series is null)
        {
            return;
        }

        if (!_slots.TryGetValue(mapping.Series, out var slot))
        {
            var isFull = _slots.Count >= _limits.MaxSeriesPerTarget;
            if (isFull || !_guard.TryTake())
            {
                // Asked again at the next scrape: other series may have ended by then.
                exposed.IsFinal = false;
                exposed.Reason = isFull ? DropReason.TargetLimit : DropReason.TotalLimit;
                return;
            }

            slot = new Slot(mapping.Series);
            _slots.Add(mapping.Series, slot);
            _order.Add(slot);
        }

        exposed.Slot = slot;
    }

    private void Measure(Slot slot, double value, long timestampMs, DropCounts dropped)
    {
        slot.SeenGeneration = _generation;
        if (double.IsNaN(value))
        {
            dropped.Add(DropReason.NotANumber);
            return;
        }

        var isFirst = slot.ValueGeneration != _generation;
        slot.ValueGeneration = _generation;
        slot.Value = isFirst ? value : slot.Value + value;
        slot.TimestampMs = isFirst ? timestampMs : Math.Max(timestampMs, slot.TimestampMs);
    }

    private void Emit(long nowMs, DropCounts dropped, MetricColumnsBuilder output)
    {
        var endedCount = 0;
        foreach (var slot in _order)
        {
            if (slot.SeenGeneration != _generation)
            {
                output.Add(slot.Series, nowMs, double.NaN);
                _slots.Remove(slot.Series);
                slot.IsEnded = true;
                endedCount++;
            }
            else if (slot.ValueGeneration == _generation && slot.TimestampMs <= slot.EmittedMs)
            {
                dropped.Add(DropReason.Unchanged);
            }
            else if (slot.ValueGeneration == _generation)
            {
                output.Add(slot.Series, slot.TimestampMs, slot.Value);
                slot.EmittedMs = slot.TimestampMs;
            }
        }

        if (endedCount > 0)
        {
            _order.RemoveAll(slot => slot.IsEnded);
            _guard.GiveBack(endedCount);
        }

        foreach (var (hash, exposed) in _exposed)
        {
            if (exposed.Generation != _generation || exposed.Slot is { IsEnded: true })
            {
                _exposed.Remove(hash);
            }
        }
    }

    /// <summary>What the raw bytes of a sample stand for.</summary>
    private sealed class Exposed
    {
        public long Generation { get; set; }

        public bool IsFinal { get; set; }

        public DropReason Reason { get; set; }

        public Slot? Slot { get; set; }
    }

    /// <summary>One live series.</summary>
    private sealed class Slot(SeriesKey series)
    {
        public SeriesKey Series { get; } = series;

        public long SeenGeneration { get; set; }

        public long ValueGeneration { get; set; }

        public double Value { get; set; }

        public long TimestampMs { get; set; }

        public long EmittedMs { get; set; } = long.MinValue;

        public bool IsEnded { get; set; }
    }
}
