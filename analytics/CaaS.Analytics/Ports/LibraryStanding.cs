namespace CaaS.Analytics.Ports;

/// <summary>How the library of documents is.</summary>
/// <param name="Folder">Folder it is read from; empty when none is set.</param>
/// <param name="Documents">Documents held.</param>
/// <param name="LeftOut">Files left out: too many, too large, or not to be read.</param>
/// <param name="ReadAt">When the folder was last looked through, UTC; null before the first time.</param>
/// <param name="Error">What is wrong with the folder now; empty when nothing is.</param>
public sealed record LibraryStanding(string Folder, int Documents, int LeftOut, DateTimeOffset? ReadAt, string Error);
