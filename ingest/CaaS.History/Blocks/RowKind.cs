using System.Text;
using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>How one sort of row is kept: what it is found by, and its JSON without the text that is a column of its
/// own.</summary>
internal sealed class RowKind<T>(string name, Func<T, RowKeys> keys, Func<T, T> strip, Func<T, string, T> restore)
{
    /// <summary>Name of its file in a block, without the ending.</summary>
    public string Name { get; } = name;

    public RowKeys Keys(T row) => keys(row);

    public string Write(T row) => Encoding.UTF8.GetString(SignalsJson.Encode(strip(row)));

    public T Read(string text, string json) => restore(SignalsJson.Decode<T>(Encoding.UTF8.GetBytes(json)), text);
}
