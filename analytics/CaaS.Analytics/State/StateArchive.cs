using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CaaS.Signals;

namespace CaaS.Analytics.State;

/// <summary>One pass over state that either writes it or reads it back.</summary>
/// <remarks>
/// A class with state has one method <c>Sync(StateArchive)</c>, which hands over its fields in order. The same calls
/// save and load, so the two cannot drift apart: each takes the present value and returns what counts from now on, the
/// same when saving and the one read when loading. An object that several others refer to is written where it is met
/// first, and by its number after that, so that what was shared is shared again; texts and series too. Dictionaries are
/// written in the order of their keys: the same state gives the same bytes, however it came about. What can be worked
/// out again is not handed over. Values are as in memory, little-endian. A XXH3 of all that precedes it ends the bytes.
/// Reading checks that hash first, and then every length and number against what is left, so that damage is a
/// <see cref="FormatException"/> and never a large allocation. Not thread-safe; for one pass.
/// </remarks>
internal sealed class StateArchive
{
    private readonly ArrayBufferWriter<byte>? _target;
    private readonly Dictionary<object, int> _numbers = [];
    private readonly List<object?> _objects = [];
    private ReadOnlyMemory<byte> _source;

    /// <summary>Begins to save.</summary>
    public StateArchive() => _target = new ArrayBufferWriter<byte>(64 * 1024);

    /// <summary>Begins to load.</summary>
    /// <param name="source">What <see cref="Seal"/> returned.</param>
    /// <exception cref="FormatException">Torn or damaged.</exception>
    public StateArchive(ReadOnlyMemory<byte> source)
    {
        var length = source.Length - sizeof(ulong);
        if (length < 0 || XxHash3.HashToUInt64(source.Span[..length])
            != BinaryPrimitives.ReadUInt64LittleEndian(source.Span[length..]))
        {
            throw Damaged("its checksum differs");
        }

        _source = source[..length];
    }

    /// <summary>True when values are read, false when they are written.</summary>
    public bool IsLoading => _target is null;

    /// <summary>What to throw when something read cannot be.</summary>
    /// <param name="why">End of the sentence.</param>
    public static FormatException Damaged(string why) => new($"The state is damaged: {why}.");

    /// <summary>Ends the saving.</summary>
    /// <returns>All bytes.</returns>
    public ReadOnlyMemory<byte> Seal()
    {
        var target = _target ?? throw new InvalidOperationException("Nothing was saved.");
        Value(XxHash3.HashToUInt64(target.WrittenSpan));
        return target.WrittenMemory;
    }

    /// <summary>Ends the loading.</summary>
    /// <exception cref="FormatException">Something is left.</exception>
    public void End()
    {
        if (_source.Length > 0)
        {
            throw Damaged($"{_source.Length} bytes are left over");
        }
    }

    /// <summary>Writes a number that must be the same when loading.</summary>
    /// <param name="value">Number.</param>
    /// <param name="otherwise">What it means when it is not: a sentence without its end.</param>
    public void Constant<T>(T value, string otherwise)
        where T : unmanaged, IEquatable<T>
    {
        if (!Value(value).Equals(value))
        {
            throw new FormatException($"The state cannot be used: {otherwise}.");
        }
    }

    /// <summary>Hands over a number, truth value or enum.</summary>
    public T Value<T>(T value)
        where T : unmanaged
    {
        Value(ref value);
        return value;
    }

    /// <summary>Hands over a number, a truth value, or a struct of numbers without gaps between its fields.</summary>
    public void Value<T>(ref T value)
        where T : unmanaged
    {
        Span(new Span<T>(ref value));
        if (typeof(T) == typeof(bool) && Unsafe.As<T, byte>(ref value) > 1)
        {
            throw Damaged("a truth value is neither");
        }
    }

    /// <summary>Hands over numbers whose count is fixed.</summary>
    public void Span<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (_target is null)
        {
            Take(bytes.Length).CopyTo(bytes);
        }
        else
        {
            _target.Write(bytes);
        }
    }

    /// <summary>Hands over a number that must lie in a range, such as an index.</summary>
    /// <param name="value">Number.</param>
    /// <param name="min">Least.</param>
    /// <param name="max">Greatest, included.</param>
    public int Within(int value, int min, int max)
    {
        value = Value(value);
        return value >= min && value <= max ? value : throw Damaged($"{value} is not {min} to {max}");
    }

    /// <summary>Hands over an instant, UTC.</summary>
    public DateTimeOffset Instant(DateTimeOffset value)
    {
        var ticks = Value(value.UtcTicks);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw Damaged($"{ticks} is no instant");
    }

    /// <summary>Hands over how many items follow, each of at least a byte.</summary>
    public int Count(int count)
    {
        count = Value(count);
        return count >= 0 && (!IsLoading || count <= _source.Length) ? count : throw Damaged($"{count} items do not fit");
    }

    /// <summary>Hands over a text; equal texts are written once.</summary>
    public string Text(string value) => Shared(value, Characters);

    /// <summary>Hands over the identity of a series; equal ones are written once.</summary>
    /// <param name="key">Series; null while loading.</param>
    public SeriesKey Key(SeriesKey? key) => Shared(key, Parts);

    /// <summary>Hands over the identity of a series that there may not be.</summary>
    /// <param name="key">Series; null for none, and while loading.</param>
    public SeriesKey? KeyOrNull(SeriesKey? key) => SharedOrNull(key, Parts);

    /// <summary>Hands over the name of a thing.</summary>
    public EntityRef Entity(EntityRef value) => new(
        Shared(value.Scope, scope => new Scope(Text(scope?.Tenant ?? ""), Text(scope?.Cluster ?? ""))),
        Text(value.Namespace), Text(value.Kind), Text(value.Name));

    /// <summary>Hands over labels.</summary>
    public ImmutableArray<Label> Labels(ImmutableArray<Label> labels)
    {
        var all = labels.ToList();
        List(all, label => new Label(Text(label.Name), Text(label.Value)));
        return [.. all];
    }

    /// <summary>Hands over items in their order; filled when loading.</summary>
    /// <param name="items">Items; empty when loading.</param>
    /// <param name="sync">Hands over one item: gets the present one, or null, and returns the one that counts.</param>
    public void List<T>(List<T> items, Func<T?, T> sync)
    {
        var count = Count(items.Count);
        for (var index = 0; index < count; index++)
        {
            if (IsLoading)
            {
                items.Add(sync(default));
            }
            else
            {
                sync(items[index]);
            }
        }
    }

    /// <summary>Hands over the entries of a dictionary in the order of their keys; filled when loading.</summary>
    /// <param name="map">Dictionary; empty when loading.</param>
    /// <param name="order">Order of the keys.</param>
    /// <param name="key">Hands over a key.</param>
    /// <param name="value">Hands over a value.</param>
    public void Map<TKey, TValue>(
        IDictionary<TKey, TValue> map, IComparer<TKey> order, Func<TKey?, TKey> key, Func<TValue?, TValue> value)
        where TKey : notnull
    {
        var entries = map.OrderBy(entry => entry.Key, order).ToList();
        List(entries, entry => new KeyValuePair<TKey, TValue>(key(entry.Key), value(entry.Value)));
        foreach (var (name, item) in entries)
        {
            if (IsLoading && !map.TryAdd(name, item))
            {
                throw Damaged("a key is there twice");
            }
        }
    }

    /// <summary>Hands over the entries of a dictionary by name.</summary>
    public void Map<TValue>(IDictionary<string, TValue> map, Func<TValue?, TValue> value) =>
        Map(map, StringComparer.Ordinal, name => Text(name ?? ""), value);

    /// <summary>Hands over an object that others may refer to as well.</summary>
    /// <param name="item">Object; null while loading.</param>
    /// <param name="sync">Hands over what is in it, where it is met first.</param>
    public T Shared<T>(T? item, Func<T?, T> sync)
        where T : class => SharedOrNull(item, sync) ?? throw Damaged($"a {typeof(T).Name} is missing");

    /// <summary>Hands over a reference that may be null.</summary>
    /// <param name="item">Object, or null.</param>
    /// <param name="sync">Hands over what is in it, where it is met first.</param>
    public T? SharedOrNull<T>(T? item, Func<T?, T> sync)
        where T : class
    {
        if (IsLoading)
        {
            return Recall(sync);
        }

        if (item is null || _numbers.TryGetValue(item, out var number))
        {
            Value(item is null ? 0 : _numbers[item]);
            return item;
        }

        number = _numbers.Count + 1;
        _numbers.Add(item, number);
        Value(number);
        return sync(item);
    }

    /// <summary>Number 0 is null, the next free one a new object.</summary>
    private T? Recall<T>(Func<T?, T> sync)
        where T : class
    {
        var number = Within(0, 0, _objects.Count + 1);
        if (number == 0)
        {
            return null;
        }

        if (number <= _objects.Count)
        {
            return _objects[number - 1] as T ?? throw Damaged($"object {number} is no {typeof(T).Name}");
        }

        _objects.Add(null);
        var item = sync(null);
        _objects[number - 1] = item;
        return item;
    }

    private string Characters(string? text)
    {
        var length = Count(text?.Length ?? 0);
        if (_target is null)
        {
            return new string(MemoryMarshal.Cast<byte, char>(Take(length * sizeof(char))));
        }

        _target.Write(MemoryMarshal.AsBytes(text.AsSpan()));
        return text ?? "";
    }

    private SeriesKey Parts(SeriesKey? key)
    {
        var entity = Entity(key?.Entity ?? default);
        var metric = Text(key?.Metric ?? "");
        var kind = Value(key?.Kind ?? default);
        var labels = Labels(key?.Labels ?? []);
        return key ?? (metric.Length > 0
            ? new SeriesKey(entity, metric, labels, kind)
            : throw Damaged("a series has no name"));
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)_source.Length)
        {
            throw Damaged("it ends too early");
        }

        var taken = _source.Span[..length];
        _source = _source[length..];
        return taken;
    }
}
