namespace CaaS.Benchmarks.Detection;

/// <summary>What the fit of the benchmark chooses.</summary>
internal sealed record NabModel(float[] Weights, float Second, float Third, float Rest, float Again, float Threshold = 0, float Fatigue = 0.01f, float Own = 0f)
{
    public static NabModel Flat => new([.. Enumerable.Repeat(1f, 16)], 0.6f, 0.48f, 130, 1.1f);
}
