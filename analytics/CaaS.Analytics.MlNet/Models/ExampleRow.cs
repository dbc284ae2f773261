namespace CaaS.Analytics.MlNet.Models;

/// <summary>An example as ML.NET reads it.</summary>
internal sealed class ExampleRow
{
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }
}
