namespace CaaS.Analytics.Text;

/// <summary>One term of a text.</summary>
/// <param name="Term">What it is indexed by: lower case, stemmed, one word for all that mean the same.</param>
/// <param name="Surface">As it was written.</param>
/// <param name="IsWhole">True for a compound (<c>CrashLoopBackOff</c>) whose words follow as terms of their
/// own.</param>
public readonly record struct Token(string Term, string Surface, bool IsWhole);
