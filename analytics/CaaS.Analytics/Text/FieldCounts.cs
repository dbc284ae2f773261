using System.Runtime.CompilerServices;

namespace CaaS.Analytics.Text;

/// <summary>A number for each <see cref="TextField"/>.</summary>
[InlineArray(Length)]
internal struct FieldCounts
{
    /// <summary>Fields there are.</summary>
    public const int Length = 4;

    private int _first;
}
