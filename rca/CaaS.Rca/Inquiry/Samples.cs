namespace CaaS.Rca.Inquiry;

/// <summary>The last values of something, a bounded number of them.</summary>
internal sealed class Samples
{
    private const int Limit = 256;
    private readonly List<double> _values = [];
    private int _next;

    public int Count => _values.Count;

    public void Add(double value)
    {
        if (_values.Count < Limit)
        {
            _values.Add(value);
            return;
        }

        _values[_next] = value;
        _next = (_next + 1) % Limit;
    }

    public void CopyTo(List<double> into) => into.AddRange(_values);
}
