// What people call an AWS region; an unknown one keeps its code.

const NAMES: Record<string, string> = {
  "us-east-1": "Virginia",
  "us-east-2": "Ohio",
  "us-west-1": "California",
  "us-west-2": "Oregon",
  "ca-central-1": "Canada",
  "sa-east-1": "São Paulo",
  "eu-west-1": "Ireland",
  "eu-west-2": "London",
  "eu-west-3": "Paris",
  "eu-central-1": "Frankfurt",
  "eu-central-2": "Zurich",
  "eu-north-1": "Stockholm",
  "eu-south-1": "Milan",
  "eu-south-2": "Spain",
  "ap-east-1": "Hong Kong",
  "ap-northeast-1": "Tokyo",
  "ap-northeast-2": "Seoul",
  "ap-northeast-3": "Osaka",
  "ap-south-1": "Mumbai",
  "ap-southeast-1": "Singapore",
  "ap-southeast-2": "Sydney",
  "af-south-1": "Cape Town",
  "me-south-1": "Bahrain",
};

export function regionName(region: string): string {
  return NAMES[region] ?? region;
}
